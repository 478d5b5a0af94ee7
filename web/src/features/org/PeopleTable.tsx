import { Group, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../api/org';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { Money } from '../../components/Money';
import type { Sort } from '../../lib/search-params';
import { useFormat, useLanguage } from '../../lib/viewer';
import { LoadBar } from './LoadBar';
import type { PersonLoad } from './types';

const route = getRouteApi('/_shell/teams');

/** Everybody with accounts, effort against capacity, and who is away. */
export function PeopleTable({ people, teams }: { people: readonly PersonLoad[] | undefined; teams: readonly Team[] }) {
  const { t } = useTranslation('org');
  const navigate = route.useNavigate();
  const { person } = route.useSearch();
  const [sort, setSort] = useState<Sort>({ column: 'effort', direction: 'desc' });
  const columns = useColumns(teams);
  const source = useMemo(() => ({ rows: people }), [people]);
  return (
    <DataTable
      id="org-people"
      label={t('people')}
      columns={columns}
      source={source}
      rowId={({ user }) => String(user.id)}
      rowLabel={({ user }) => user.name}
      sort={sort}
      onSortChange={setSort}
      onOpen={({ user }) => void navigate({ search: (before) => ({ ...before, person: String(user.id) }) })}
      openId={person}
      height="content"
    />
  );
}

function useColumns(teams: readonly Team[]): DataColumn<PersonLoad>[] {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.person'),
        width_px: 220,
        sortable: true,
        sortValue: ({ user }) => user.name,
        cell: (person) => <NameCell person={person} />,
      },
      {
        id: 'teams',
        header: t('column.teams'),
        width_px: 240,
        cell: (person) => {
          const names = person.teams.map((key) => teams.find((team) => team.key === key)?.name[language] ?? key);
          return <span title={names.join(' / ')}>{names.join(' / ') || '–'}</span>;
        },
      },
      {
        id: 'accounts',
        header: t('column.accounts'),
        align: 'right',
        width_px: 120,
        sortable: true,
        sortValue: ({ load }) => load.accounts,
        cell: ({ load, capacity }) => (
          <span>
            {format.number(load.accounts)}
            {capacity.accounts !== null && ` / ${format.number(capacity.accounts)}`}
          </span>
        ),
      },
      {
        id: 'arr',
        header: 'ARR',
        align: 'right',
        width_px: 130,
        sortable: true,
        sortValue: ({ load }) => load.arr.amount_minor,
        cell: ({ load }) => <Money value={load.arr} />,
      },
      {
        id: 'effort',
        header: t('column.effort'),
        description: t('effortHelp'),
        align: 'right',
        width_px: 120,
        sortable: true,
        sortValue: ({ load }) => load.effort,
        cell: ({ load, capacity }) => (
          <span>
            {format.number(load.effort, 0)}
            {capacity.effort !== null && ` / ${format.number(capacity.effort, 0)}`}
          </span>
        ),
      },
      {
        id: 'share',
        header: t('column.share'),
        description: t('shareHelp'),
        width_px: 230,
        sortable: true,
        sortValue: ({ share }) => share,
        cell: ({ share }) => <LoadBar share={share} />,
      },
    ],
    [t, language, format, teams],
  );
}

function NameCell({ person }: { person: PersonLoad }) {
  const { t } = useTranslation('org');
  const format = useFormat();
  const { absence, answers_for } = person;
  const notes = [
    absence &&
      (absence.substitute
        ? t('awaySubstitute', { name: absence.substitute.name, day: format.day(absence.until_day) })
        : t('away', { day: format.day(absence.until_day) })),
    answers_for.length > 0 && t('standsInFor', { names: answers_for.map(({ name }) => name).join(', ') }),
  ].filter(Boolean);
  return (
    <Group gap={8} wrap="nowrap">
      <span title={[person.user.name, ...notes].join(' · ')}>{person.user.name}</span>
      {absence && (
        <Text span fz="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {t('awayNow')}
        </Text>
      )}
      {answers_for.length > 0 && (
        <Text span fz="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {t('standsIn')}
        </Text>
      )}
    </Group>
  );
}
