import { Anchor, Button, Skeleton, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { useLanguage } from '../../lib/viewer';
import { historyPage, historyQuery, type HistoryEvent } from './segments';
import classes from './Segments.module.css';

/** Who entered and left, newest first, with the rules that turned. */
export function HistoryTab({ segment }: { segment: string }) {
  const { t } = useTranslation('segments');
  const [shown, setShown] = useState(historyPage);
  const history = useQuery(historyQuery(segment, shown));
  if (history.isPending) return <Skeleton height={200} />;
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const { items, total } = history.data;
  if (total === 0) return <EmptyState title={t('noHistory')}>{t('noHistoryHelp')}</EmptyState>;
  return (
    <>
      <ul className={classes.history} aria-label={t('tab.history')}>
        {items.map((event) => (
          <Entry key={`${event.account_id} ${event.at} ${event.entered}`} event={event} />
        ))}
      </ul>
      {items.length < total && shown < 1000 && (
        <Button
          mt="sm"
          size="xs"
          variant="default"
          loading={history.isFetching}
          onClick={() => setShown(shown + historyPage)}
        >
          {t('more')}
        </Button>
      )}
    </>
  );
}

function Entry({ event }: { event: HistoryEvent }) {
  const { t } = useTranslation('segments');
  const language = useLanguage();
  const Icon = event.entered ? IconArrowDownRight : IconArrowUpRight;
  return (
    <li>
      <span className={classes.step} data-entered={event.entered}>
        <Icon size={15} stroke={1.8} aria-hidden />
        {t(event.entered ? 'entered' : 'left')}
      </span>
      <span className={classes.who}>
        {event.account_name === null ? (
          <Text span inherit c="dimmed">
            {t('goneAccount')}
          </Text>
        ) : (
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link to="/accounts/$accountId" params={{ accountId: String(event.account_id) }} {...props} />
            )}
          >
            {event.account_name}
          </Anchor>
        )}
        <Text span inherit c="dimmed">
          {event.reason[language]}
        </Text>
      </span>
      <DateText value={event.day} form="absolute" />
    </li>
  );
}
