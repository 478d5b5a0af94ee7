import { Anchor, Button, Group, Modal, SegmentedControl, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { addDays } from '../../lib/format/date';
import { useFormat, useLanguage, useMayEdit, useViewer } from '../../lib/viewer';
import classes from './Renewals.module.css';
import { opportunitiesQuery } from './requests';
import type { Opportunity } from './types';
import { useDeeds } from './use-deeds';

const route = getRouteApi('/_shell/renewals');
const snooze_days = 30;

/** Where customers could grow, with the rows it rests on; and what to do about it. */
export function Opportunities() {
  const { t } = useTranslation('renewals');
  const { status = 'open', mine } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, isError, error, refetch } = useQuery(opportunitiesQuery(status, mine === true));
  return (
    <Stack gap="md">
      <Group gap="md">
        <SegmentedControl
          size="xs"
          aria-label={t('opportunity.status')}
          data={(['open', 'converted', 'snoozed', 'dismissed'] as const).map((value) => ({
            value,
            label: t(`opportunity.${value}`),
          }))}
          value={status}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, status: next === 'open' ? undefined : (next as never) }),
            })
          }
        />
        {data && (
          <Text fz="sm">
            {t('opportunity.sum', { count: data.total })} <Money value={data.amount} />
          </Text>
        )}
      </Group>
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={320} />}
      {data?.items.length === 0 && <EmptyState title={t('opportunity.none')}>{t('opportunity.noneHelp')}</EmptyState>}
      {data?.items.map((item) => (
        <OpportunityCard key={`${item.account.id}-${item.kind}-${item.subject}`} item={item} />
      ))}
    </Stack>
  );
}

function OpportunityCard({ item }: { item: Opportunity }) {
  const { t } = useTranslation('renewals');
  const language = useLanguage();
  const format = useFormat();
  const mayEdit = useMayEdit();
  return (
    <article className={classes.opportunity}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div>
          <Text fz="xs" c="dimmed">
            {t(`opportunity.kind.${item.kind}`)} · {item.subject}
            {item.owner && ` · ${item.owner.name}`}
          </Text>
          <Anchor
            fw={550}
            fz="sm"
            c="var(--mantine-color-text)"
            renderRoot={(props) => (
              <Link to="/accounts/$accountId" params={{ accountId: String(item.account.id) }} {...props} />
            )}
          >
            {item.account.name}
          </Anchor>
        </div>
        <Text fw={600} className="tabular">
          +<Money value={item.amount} />
        </Text>
      </Group>
      <Text fz="sm" mt={6}>
        {item.words[language]}
      </Text>
      <dl className={classes.sums} style={{ marginTop: 8, marginBottom: 8 }}>
        {item.evidence.map(({ label, unit, value, amount }) => (
          <div key={label.en}>
            <dt>{label[language]}</dt>
            <dd>
              {amount ? <Money value={amount} /> : unit === 'percent' ? format.percent(value, 0) : format.number(value)}
            </dd>
          </div>
        ))}
      </dl>
      {item.status === 'converted' && item.due_day && (
        <Text fz="xs" c="dimmed">
          {t('opportunity.inForecast', { day: format.day(item.due_day) })}
        </Text>
      )}
      {item.status === 'snoozed' && item.until && (
        <Text fz="xs" c="dimmed">
          {t('opportunity.until', { day: format.day(item.until) })}
        </Text>
      )}
      {item.reason !== '' && item.status !== 'open' && (
        <Text fz="xs" c="dimmed">
          {item.reason}
        </Text>
      )}
      {mayEdit && <Decide item={item} />}
    </article>
  );
}

function Decide({ item }: { item: Opportunity }) {
  const { t } = useTranslation('renewals');
  const { decide } = useDeeds();
  const [asking, setAsking] = useState<'dismissed' | 'snoozed'>();
  const send = (status: Opportunity['status'], more: Record<string, unknown> = {}) => {
    const about = { account_id: item.account.id, kind: item.kind, subject: item.subject };
    carryOut(
      decide,
      { ...about, status, ...more },
      {
        onSuccess: () =>
          showToast(
            t(`opportunity.did.${status}`),
            status === 'open'
              ? undefined
              : () => carryOut(decide, { ...about, status: 'open' }, { onError: showProblem }),
          ),
        onError: showProblem,
      },
    );
    setAsking(undefined);
  };
  if (item.status !== 'open') {
    return (
      <Button size="compact-sm" variant="default" onClick={() => send('open')}>
        {t('opportunity.reopen')}
      </Button>
    );
  }
  return (
    <Group gap="xs">
      <Button size="compact-sm" onClick={() => send('converted', { amount_minor: item.amount.amount_minor })}>
        {t('opportunity.convert')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setAsking('snoozed')}>
        {t('opportunity.snooze')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setAsking('dismissed')}>
        {t('opportunity.dismiss')}
      </Button>
      {asking && <Ask kind={asking} onSend={(more) => send(asking, more)} onClose={() => setAsking(undefined)} />}
    </Group>
  );
}

function Ask({
  kind,
  onSend,
  onClose,
}: {
  kind: 'dismissed' | 'snoozed';
  onSend: (more: Record<string, unknown>) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('renewals');
  const { bookDay } = useViewer();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState<string | null>(addDays(bookDay, snooze_days));
  const isReady = kind === 'dismissed' ? reason.trim() !== '' : until !== null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`opportunity.ask.${kind}`)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onSend(kind === 'dismissed' ? { reason } : { reason, until: until!.slice(0, 10) });
        }}
      >
        <Stack gap="sm">
          {kind === 'snoozed' && (
            <DateInput
              label={t('opportunity.untilLabel')}
              valueFormat="YYYY-MM-DD"
              minDate={addDays(bookDay, 1)}
              value={until}
              onChange={setUntil}
            />
          )}
          <TextInput
            label={t('opportunity.reasonLabel')}
            value={reason}
            required={kind === 'dismissed'}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={!isReady}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
