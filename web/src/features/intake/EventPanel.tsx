import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LatestEvent } from '../../api/intake';
import { CopyText } from '../../components/CodeBlock';
import { EmptyState } from '../../components/EmptyState';
import { useFormat } from '../../lib/viewer';
import classes from './Intake.module.css';
import { JsonView } from './JsonView';
import { useMatchedBy } from './matched-by';
import { useIntakeAddress } from './use-intake-address';

interface EventPanelProps {
  /** Undefined where it is not among the latest (any more). */
  event: LatestEvent | undefined;
  isLoading: boolean;
}

/** One event: whose it is and why, when it happened and came, and all that was sent. */
export function EventPanel({ event, isLoading }: EventPanelProps) {
  const { t } = useTranslation('intake');
  if (!event && isLoading) return <Skeleton height={320} />;
  if (!event) return <EmptyState title={t('event.gone')}>{t('event.goneHelp')}</EmptyState>;
  return (
    <Stack gap="lg">
      <Owner event={event} />
      <Times event={event} />
      <section>
        <Title order={3} mb={8}>
          {t('event.ids')}
        </Title>
        <dl className={classes.facts}>
          <Fact name="userId" value={event.user_id} />
          <Fact name="anonymousId" value={event.anonymous_id} />
          <Fact name="groupId" value={event.group_key} />
          <Fact name="messageId" value={event.message_id} />
          <dt>{t('event.source')}</dt>
          <dd>{event.source ?? '–'}</dd>
        </dl>
      </section>
      <section>
        <Stack gap={8}>
          <div style={{ display: 'flex', justifyContent: 'space-between' }}>
            <Title order={3}>{t('event.properties')}</Title>
            <CopyText text={JSON.stringify(event.properties, null, 2)} />
          </div>
          <JsonView value={event.properties} label={t('event.properties')} />
        </Stack>
      </section>
    </Stack>
  );
}

function Fact({ name, value }: { name: string; value: string | null }) {
  if (!value) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd className={classes.mono}>{value}</dd>
    </>
  );
}

function Owner({ event }: { event: LatestEvent }) {
  const { t } = useTranslation('intake');
  const matchedBy = useMatchedBy();
  const { showTab } = useIntakeAddress();
  const more: ReactNode =
    event.account_id === null ? (
      <Anchor component="button" type="button" fz="sm" onClick={() => showTab('unmatched')}>
        {t('event.toUnmatched')}
      </Anchor>
    ) : (
      <Anchor
        component="button"
        type="button"
        fz="sm"
        onClick={() => showTab('matches', { account: event.account_id ?? undefined })}
      >
        {t('event.toMatches')}
      </Anchor>
    );
  return (
    <section>
      <dl className={classes.facts}>
        <dt>{t('event.account')}</dt>
        <dd>
          {event.account_id === null ? (
            <span className={classes.warn}>{t('event.unmatched')}</span>
          ) : (
            <Link to="/accounts/$accountId" params={{ accountId: String(event.account_id) }}>
              {event.account_name ?? event.account_id}
            </Link>
          )}
        </dd>
        {event.account_id !== null && (
          <>
            <dt>{t('event.matchedBy')}</dt>
            <dd>{matchedBy(event.matched_by)}</dd>
          </>
        )}
        <dt>{t('event.kind')}</dt>
        <dd>{event.kind}</dd>
      </dl>
      <Text fz="sm" mt={8}>
        {more}
      </Text>
    </section>
  );
}

function Times({ event }: { event: LatestEvent }) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  return (
    <section>
      <Title order={3} mb={8}>
        {t('event.times')}
      </Title>
      <dl className={classes.facts}>
        <dt>{t('event.occurred')}</dt>
        <dd>{format.instantExact(event.occurred_at)}</dd>
        <dt>{t('event.received')}</dt>
        <dd>{format.instantExact(event.received_at)}</dd>
        <dt>{t('event.delay')}</dt>
        <dd>{format.lag(Date.parse(event.received_at) - Date.parse(event.occurred_at))}</dd>
      </dl>
      <Text fz="xs" c="dimmed" mt={6}>
        {t('event.correctionHelp')}
      </Text>
    </section>
  );
}
