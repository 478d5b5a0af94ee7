import { ActionIcon, Button, Group, Select, Skeleton, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../../api/json';
import { accountPeopleKey, accountPeopleQuery, type AccountPeople, type RoleLine } from '../../../api/org';
import { peopleQuery } from '../../../api/people';
import { DateText } from '../../../components/DateText';
import { ErrorState } from '../../../components/ErrorState';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { Panel } from '../Panel';
import classes from '../Tables.module.css';
import type { Subject } from '../requests';
import { useCanEdit } from '../use-subject';

/** Who of us looks after the account, who stands in today, and who did before. */
export function OurPeople({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const [withPast, setWithPast] = useState(false);
  const people = useQuery(accountPeopleQuery(Number(subject.id)));
  if (people.isPending) return <Skeleton height={160} />;
  if (people.isError) return <ErrorState error={people.error} onRetry={() => void people.refetch()} />;
  const { roles, history, team, engagement_model } = people.data;
  const past = history.filter(({ until }) => until !== null);
  const about = [team?.[language], engagement_model?.[language]].filter(Boolean).join(' · ');
  return (
    <Panel
      title={t('ours.title')}
      aside={
        <Text fz="sm" c="dimmed">
          {about}
        </Text>
      }
    >
      <table className={classes.records} aria-label={t('ours.title')}>
        <thead>
          <tr>
            <th scope="col">{t('ours.role')}</th>
            <th scope="col">{t('ours.person')}</th>
            <th scope="col">{t('ours.since')}</th>
          </tr>
        </thead>
        <tbody>
          {roles.map((line) => (
            <RoleRow key={line.role} subject={subject} line={line} />
          ))}
        </tbody>
      </table>
      {past.length > 0 && (
        <Button variant="subtle" size="compact-sm" mt={8} onClick={() => setWithPast((now) => !now)}>
          {withPast ? t('ours.hidePast') : t('ours.showPast', { count: past.length })}
        </Button>
      )}
      {withPast && <Past past={past} />}
    </Panel>
  );
}

function Past({ past }: { past: AccountPeople['history'] }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  return (
    <table className={classes.records} aria-label={t('ours.past')}>
      <tbody>
        {past.map(({ role, user, since, until }, index) => (
          <tr key={index} data-quiet>
            <th scope="row">{t(`rules:role.${role}`)}</th>
            <td data-label={t('ours.person')}>{user.name}</td>
            <td data-label={t('ours.period')}>
              {since ? format.day(since) : t('ours.always')} – {until && format.day(until)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RoleRow({ subject, line }: { subject: Subject; line: RoleLine }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const canEdit = useCanEdit();
  const [isEditing, setEditing] = useState(false);
  const name = line.name[language];
  return (
    <tr data-quiet={line.user === null || undefined}>
      <th scope="row">{name}</th>
      <td data-label={t('ours.person')}>
        {isEditing ? (
          <PersonSelect subject={subject} line={line} onDone={() => setEditing(false)} />
        ) : (
          <Group gap={6} wrap="nowrap">
            <span>{line.user?.name ?? t('ours.nobody')}</span>
            {canEdit && (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('ours.change', { role: name })}
                onClick={() => setEditing(true)}
              >
                <IconPencil size={14} />
              </ActionIcon>
            )}
          </Group>
        )}
        {line.stood_in_by && (
          <Text span fz="xs" c="dimmed" className={classes.second}>
            {t('ours.stoodIn', { name: line.stood_in_by.name })}
          </Text>
        )}
      </td>
      <td data-label={t('ours.since')}>
        <DateText value={line.since} form="absolute" />
      </td>
    </tr>
  );
}

function PersonSelect({ subject, line, onDone }: { subject: Subject; line: RoleLine; onDone: () => void }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const client = useQueryClient();
  const { data: people = [] } = useQuery(peopleQuery);
  const account = Number(subject.id);
  const setRole = useMutation({
    mutationFn: (user: number | null) =>
      sendJson<AccountPeople>('PUT', `/api/accounts/${account}/roles/${line.role}`, { user_id: user }),
    onSuccess: async (people) => {
      client.setQueryData(accountPeopleKey(account), people);
      // The CSM is the owner that the head of the page and the book show.
      await Promise.all([
        client.invalidateQueries({ queryKey: ['accounts'] }),
        client.invalidateQueries({ queryKey: ['book'] }),
      ]);
    },
  });
  const before = line.user?.id ?? null;
  const put = (user: number | null, mayUndo: boolean) =>
    carryOut(setRole, user, {
      onSuccess: () => {
        showToast(t('ours.changed', { role: line.name[language] }), mayUndo ? () => put(before, false) : undefined);
        onDone();
      },
      onError: showProblem,
    });
  return (
    <Select
      size="xs"
      w={220}
      aria-label={t('ours.change', { role: line.name[language] })}
      defaultDropdownOpened
      data-autofocus
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common:clear') }}
      disabled={setRole.isPending}
      placeholder={t('ours.nobody')}
      data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={before === null ? null : String(before)}
      onChange={(next) => put(next === null ? null : Number(next), true)}
      onDropdownClose={() => !setRole.isPending && onDone()}
    />
  );
}
