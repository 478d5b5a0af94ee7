import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat } from '../../../lib/viewer';
import sharedClasses from '../Account.module.css';
import classes from '../Panel.module.css';
import type { EventQuestion } from '../panel-address';
import { fetchEvents, subjectKey, type Subject } from '../requests';
import type { EventRow } from '../types';
import { useOpenPanel } from '../use-account-address';

const pageLength = 100;

const eventsQuery = (subject: Subject, question: EventQuestion) =>
  infiniteQueryOptions({
    queryKey: subjectKey(subject, 'events', question),
    queryFn: ({ pageParam, signal }) =>
      fetchEvents(subject, question, { offset: pageParam, limit: pageLength, signal }),
    initialPageParam: 0,
    getNextPageParam: (page, pages) => {
      const seen = pages.reduce((sum, { items }) => sum + items.length, 0);
      return page.items.length > 0 && seen < page.total ? seen : undefined;
    },
  });

interface EventsPanelProps {
  subject: Subject;
  question: EventQuestion;
}

/** The bottom of every walk: the events as they were received. */
export function EventsPanel({ subject, question }: EventsPanelProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const events = useInfiniteQuery(eventsQuery(subject, question));
  if (events.isPending) return <Skeleton height={240} />;
  if (events.isError) return <ErrorState error={events.error} onRetry={() => void events.refetch()} />;
  const total = events.data.pages[0]?.total ?? 0;
  const rows = events.data.pages.flatMap(({ items }) => items);
  if (total === 0) return <EmptyState title={t('events.none')}>{t('events.noneHelp')}</EmptyState>;
  return (
    <Stack gap="sm">
      <QuestionWords question={question} />
      <Text fz="sm" c="dimmed">
        {t('events.total', { count: total, formatted: format.number(total) })}
      </Text>
      <ol className={classes.events}>
        {rows.map((row, index) => (
          <EventLine key={index} row={row} withPerson={!question.user_key} />
        ))}
      </ol>
      {events.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          {t('events.more')}
        </Button>
      )}
    </Stack>
  );
}

/** Which events these are. */
function QuestionWords({ question: { user_key, feature, day } }: { question: EventQuestion }) {
  const format = useFormat();
  return <Text fw={550}>{[user_key, feature, day && format.day(day)].filter(Boolean).join(' · ')}</Text>;
}

function EventLine({ row, withPerson }: { row: EventRow; withPerson: boolean }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const open = useOpenPanel();
  const hasProperties =
    typeof row.properties === 'object' && row.properties !== null && Object.keys(row.properties).length > 0;
  return (
    <li>
      <div className={classes.eventHead}>
        <time dateTime={row.at} title={t('events.received', { at: format.instant(row.received_at) })}>
          {format.instant(row.at)}
        </time>
        <b>{row.event || row.kind}</b>
      </div>
      <div className={classes.eventFacts}>
        {withPerson && row.user_key && (
          <button
            type="button"
            className={sharedClasses.walk}
            onClick={() => open({ kind: 'events', question: { user_key: row.user_key } })}
          >
            {row.user_key}
          </button>
        )}
        {row.source && <span>{row.source}</span>}
      </div>
      {hasProperties && <code className={classes.properties}>{JSON.stringify(row.properties)}</code>}
    </li>
  );
}
