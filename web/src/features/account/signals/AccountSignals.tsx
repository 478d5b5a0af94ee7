import { Anchor, Button, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KindBadge, SeverityBadge } from '../../../components/calls/Badges';
import { DateText } from '../../../components/DateText';
import { ErrorState } from '../../../components/ErrorState';
import { useLanguage } from '../../../lib/viewer';
import { Panel } from '../Panel';
import type { Subject } from '../requests';
import { accountSignalsQuery, firingsPage } from './requests';
import classes from './Signals.module.css';

/** The signals whose condition the customer meets now, and when they fired before. */
export function AccountSignals({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const [shown, setShown] = useState(firingsPage);
  const signals = useQuery(accountSignalsQuery(subject.id, shown));
  return (
    <Panel title={t('signals.title')}>
      {signals.isPending && <Skeleton height={80} />}
      {signals.isError && <ErrorState error={signals.error} onRetry={() => void signals.refetch()} />}
      {signals.data && !signals.isError && (
        <>
          <Now items={signals.data.now} />
          <Before items={signals.data.firings.items} />
          {signals.data.firings.items.length < signals.data.firings.total && shown < 1000 && (
            <Button
              mt="sm"
              size="xs"
              variant="default"
              loading={signals.isFetching}
              onClick={() => setShown(shown + 5 * firingsPage)}
            >
              {t('signals.more')}
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}

type AccountSignals = NonNullable<Awaited<ReturnType<NonNullable<ReturnType<typeof accountSignalsQuery>['queryFn']>>>>;

function Now({ items }: { items: AccountSignals['now'] }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  if (items.length === 0)
    return (
      <Text c="dimmed" fz="sm">
        {t('signals.none')}
      </Text>
    );
  return (
    <ul className={classes.now} aria-label={t('signals.title')}>
      {items.map(({ rule, name, kind, severity, since }) => (
        <li key={rule}>
          <Anchor
            inherit
            fw={600}
            renderRoot={(props) => <Link to="/signals/$key" params={{ key: rule }} {...props} />}
          >
            {name[language]}
          </Anchor>
          <KindBadge kind={kind} />
          <SeverityBadge severity={severity} />
          <Text span inherit c="dimmed">
            {t('signals.since')} <DateText value={since} />
          </Text>
        </li>
      ))}
    </ul>
  );
}

function Before({ items }: { items: AccountSignals['firings']['items'] }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  if (items.length === 0) return null;
  return (
    <ul className={classes.before} aria-label={t('signals.history')}>
      {items.map(({ id, rule, rule_name, day, explanation, state, left }) => (
        <li key={id}>
          <DateText value={day} form="absolute" />
          <span>
            <Anchor inherit renderRoot={(props) => <Link to="/signals/$key" params={{ key: rule }} {...props} />}>
              {rule_name[language]}
            </Anchor>
            <Text span inherit c="dimmed" display="block">
              {explanation[language]}
            </Text>
          </span>
          <Text span inherit c="dimmed">
            {state === 'held' || state === 'expired' ? t('signals.held') : left ? t('signals.left') : ''}
          </Text>
        </li>
      ))}
    </ul>
  );
}
