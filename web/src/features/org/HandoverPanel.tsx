import { Button, Checkbox, Group, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { DateText } from '../../components/DateText';
import { ErrorState } from '../../components/ErrorState';
import { AccountLink } from '../../components/rules/AccountLink';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage, useMayEdit } from '../../lib/viewer';
import { handoverQuery, useOrgDeeds } from './requests';
import type { Handover } from './types';
import classes from './Org.module.css';

/** One handover: what is still to be done, its accounts, and what was done when. */
export function HandoverPanel({ id }: { id: string }) {
  const handover = useQuery(handoverQuery(id));
  if (handover.isError) return <ErrorState error={handover.error} onRetry={() => void handover.refetch()} />;
  if (!handover.data) return <Skeleton height={320} />;
  return <Details handover={handover.data} />;
}

function Details({ handover }: { handover: Handover }) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const format = useFormat();
  const isOpen = handover.state === 'open';
  return (
    <Stack gap="lg">
      <Text fz="sm" c="dimmed">
        {[
          t(`rules:role.${handover.role}`),
          t(`handover.states.${handover.state}`),
          handover.due_day && t('handover.dueOn', { day: format.day(handover.due_day) }),
          t(handover.moved ? 'handover.moved' : 'handover.notMoved'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {handover.note && <Text style={{ whiteSpace: 'pre-wrap' }}>{handover.note}</Text>}
      <Checklist handover={handover} />
      <Accounts handover={handover} />
      {isOpen && <Close handover={handover} />}
      <section aria-label={t('handover.history')}>
        <Title order={3}>{t('handover.history')}</Title>
        <ul className={classes.list}>
          {handover.history.map((event, index) => (
            <li key={index} className={classes.line}>
              <span>
                {event.what[language]}
                <Text fz="xs" c="dimmed">
                  {event.by}
                </Text>
              </span>
              <DateText value={event.at} />
            </li>
          ))}
        </ul>
      </section>
    </Stack>
  );
}

function Checklist({ handover }: { handover: Handover }) {
  const { t } = useTranslation('org');
  return (
    <section aria-label={t('handover.checklist')}>
      <Title order={3} mb={8}>
        {t('handover.checklist')}
      </Title>
      <Stack gap={8}>
        {handover.checklist.map((item) => (
          <ChecklistItem key={item.id} handover={handover} item={item} />
        ))}
      </Stack>
    </section>
  );
}

function ChecklistItem({ handover, item }: { handover: Handover; item: Handover['checklist'][number] }) {
  const language = useLanguage();
  const mayEdit = useMayEdit() && handover.state === 'open';
  const { tick } = useOrgDeeds();
  const isDone = useWished(item.done_at !== null);
  return (
    <Checkbox
      disabled={!mayEdit}
      checked={isDone.value}
      label={item.title[language]}
      description={item.done_by ? item.done_by.name : undefined}
      onChange={(event) => {
        const done = event.currentTarget.checked;
        isDone.wish(done);
        carryOut(tick, { handover: handover.id, item: item.id, done }, isDone.outcome);
      }}
    />
  );
}

/** What one has just chosen shows at once, until the server has answered. */
function useWished(known: boolean) {
  const [wished, setWished] = useState<boolean | null>(null);
  return {
    value: wished ?? known,
    wish: setWished,
    outcome: {
      onSuccess: () => setWished(null),
      onError: (error: unknown) => {
        setWished(null);
        showProblem(error);
      },
    },
  };
}

function Accounts({ handover }: { handover: Handover }) {
  const { t } = useTranslation('org');
  return (
    <section aria-label={t('handover.accounts')}>
      <Title order={3}>{t('handover.accounts')}</Title>
      <ul className={classes.list}>
        {handover.accounts.map((entry) => (
          <AccountEntry key={entry.account.id} handover={handover} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function AccountEntry({ handover, entry }: { handover: Handover; entry: Handover['accounts'][number] }) {
  const { t } = useTranslation('org');
  const format = useFormat();
  const mayEdit = useMayEdit() && handover.state === 'open';
  const { noteAccount } = useOrgDeeds();
  const [note, setNote] = useState(entry.note);
  const name = entry.account.name || String(entry.account.id);
  const isIntroduced = useWished(entry.introduced_at !== null);
  const send = (change: { introduced?: boolean; note?: string }) =>
    carryOut(noteAccount, { handover: handover.id, account: entry.account.id, ...change }, isIntroduced.outcome);
  return (
    <li>
      <div className={classes.line}>
        <AccountLink id={entry.account.id} name={entry.account.name || null} />
        <Text fz="sm" c="dimmed">
          {format.money(entry.account.arr)}
        </Text>
      </div>
      <Group gap={12} mt={4} wrap="nowrap">
        <Checkbox
          size="xs"
          disabled={!mayEdit}
          checked={isIntroduced.value}
          label={t('handover.introduced')}
          aria-label={t('handover.introducedTo', { name })}
          onChange={(event) => {
            isIntroduced.wish(event.currentTarget.checked);
            send({ introduced: event.currentTarget.checked });
          }}
        />
        <TextInput
          size="xs"
          flex={1}
          aria-label={t('handover.noteOn', { name })}
          placeholder={mayEdit ? t('handover.notePlaceholder') : undefined}
          disabled={!mayEdit}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          onBlur={() => note !== entry.note && send({ note })}
        />
      </Group>
    </li>
  );
}

function Close({ handover }: { handover: Handover }) {
  const { t } = useTranslation('org');
  const mayEdit = useMayEdit();
  const { closeHandover } = useOrgDeeds();
  if (!mayEdit) return null;
  const left = handover.checklist.filter(({ done_at }) => done_at === null).length;
  const complete = () =>
    carryOut(
      closeHandover,
      { id: handover.id, how: 'complete' as const },
      { onSuccess: () => showToast(t('handover.completed')), onError: showProblem },
    );
  const cancel = () =>
    confirm({
      title: t('handover.cancelTitle'),
      children: t(handover.moved ? 'handover.cancelMoved' : 'handover.cancelDetail'),
      confirmLabel: t('handover.cancel'),
      danger: true,
      onConfirm: () =>
        carryOut(
          closeHandover,
          { id: handover.id, how: 'cancel' as const },
          { onSuccess: () => showToast(t('handover.cancelled')), onError: showProblem },
        ),
    });
  return (
    <Group justify="space-between" gap={8}>
      <Button variant="default" c="var(--mantine-color-error)" onClick={cancel}>
        {t('handover.cancel')}
      </Button>
      <Group gap={8}>
        {left > 0 && (
          <Text fz="xs" c="dimmed">
            {t('handover.left', { count: left })}
          </Text>
        )}
        <Button disabled={left > 0} loading={closeHandover.isPending} onClick={complete}>
          {t('handover.complete')}
        </Button>
      </Group>
    </Group>
  );
}
