import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { KindBadge, SeverityBadge } from '../../components/calls/Badges';
import { severities } from '../../components/rules/words';
import type { Sort } from '../../lib/search-params';
import { useFormat, useLanguage } from '../../lib/viewer';
import type { Signal } from './types';

export function RuleTable({ list }: { list: readonly Signal[] | undefined }) {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  const navigate = useNavigate();
  const [sort, setSort] = useState<Sort>();
  const columns = useRuleColumns();
  const source = useMemo(() => ({ rows: list }), [list]);
  return (
    <DataTable
      id="signals"
      label={t('title')}
      columns={columns}
      source={source}
      rowId={({ key }) => key}
      rowLabel={({ name }) => name[language]}
      sort={sort}
      onSortChange={setSort}
      onOpen={({ key }) => void navigate({ to: '/signals/$key', params: { key } })}
      height="content"
    />
  );
}

/** A column of a count, sortable. */
function useCounts() {
  const format = useFormat();
  return (id: string, header: string, description: string, read: (row: Signal) => number | null) =>
    ({
      id,
      header,
      description,
      width_px: 114,
      align: 'right',
      sortable: true,
      sortValue: read,
      cell: (row: Signal) => format.number(read(row)),
    }) satisfies DataColumn<Signal>;
}

function useRuleColumns(): DataColumn<Signal>[] {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  const format = useFormat();
  const count = useCounts();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.rule'),
        width_px: 260,
        sortable: true,
        sortValue: ({ name }) => name[language],
        cell: (signal) => <NameCell signal={signal} />,
      },
      { id: 'kind', header: t('column.kind'), width_px: 132, cell: ({ kind }) => <KindBadge kind={kind} /> },
      {
        id: 'severity',
        header: t('column.severity'),
        width_px: 92,
        sortable: true,
        sortValue: ({ severity }) => severities.indexOf(severity),
        cell: ({ severity }) => <SeverityBadge severity={severity} />,
      },
      count('accounts', t('column.accounts'), t('help.accounts'), ({ accounts }) => accounts),
      count('fired', t('column.fired28'), t('help.fired28'), ({ fired_28d }) => fired_28d),
      count('open', t('column.openCalls'), t('help.openCalls'), ({ open_calls }) => open_calls),
      {
        id: 'feedback',
        header: t('column.feedback'),
        description: t('help.feedback'),
        width_px: 132,
        align: 'right',
        sortable: true,
        sortValue: ({ feedback }) => feedback.useful - feedback.not_useful,
        cell: ({ feedback }) => <Feedback useful={feedback.useful} notUseful={feedback.not_useful} />,
      },
      {
        id: 'precision',
        header: t('column.precision'),
        description: t('help.precision'),
        width_px: 100,
        align: 'right',
        sortable: true,
        sortValue: ({ precision }) => precision,
        // Without a single verdict it would only say what we assume.
        cell: ({ precision, feedback }) =>
          feedback.useful + feedback.not_useful > 0 ? format.percent(precision, 0) : '–',
      },
      count('held', t('column.held'), t('help.held'), ({ held }) => held),
    ],
    // `count` depends on the format alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [t, language, format],
  );
}

function Feedback({ useful, notUseful }: { useful: number; notUseful: number }) {
  const { t } = useTranslation('signals');
  const format = useFormat();
  if (useful + notUseful === 0) return <>–</>;
  const words = t('feedbackWords', { useful: format.number(useful), notUseful: format.number(notUseful) });
  return (
    <span role="img" title={words} aria-label={words}>
      {format.number(useful)} / {format.number(notUseful)}
    </span>
  );
}

function NameCell({ signal }: { signal: Signal }) {
  const language = useLanguage();
  return (
    <Group gap={8} wrap="nowrap">
      <Anchor
        truncate
        title={signal.name[language]}
        renderRoot={(props) => <Link to="/signals/$key" params={{ key: signal.key }} {...props} />}
      >
        {signal.name[language]}
      </Anchor>
      <RuleState signal={signal} />
    </Group>
  );
}

/** What stands out: a draft that waits, a rule that is switched off, one that cannot be tested. */
export function RuleState({ signal }: { signal: Signal }) {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  return (
    <>
      {signal.version > 0 && !signal.enabled && <Mark text={t('state.off')} />}
      {signal.version === 0 && <Mark text={t('state.unpublished')} />}
      {signal.version > 0 && signal.draft && <Mark text={t('state.draft')} />}
      {signal.fault && (
        <Text span c="red" fz="xs" title={signal.fault[language]} style={{ flexShrink: 0 }}>
          {t('state.fault')}
        </Text>
      )}
    </>
  );
}

function Mark({ text }: { text: string }) {
  return (
    <Badge size="sm" style={{ flexShrink: 0 }}>
      {text}
    </Badge>
  );
}
