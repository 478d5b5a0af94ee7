import { Chip, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { dayOf } from '../../../lib/format/date';
import { useFormat, useViewer } from '../../../lib/viewer';
import classes from '../Timeline.module.css';
import { timelineQuery, type Subject } from '../requests';
import { kindsOf } from '../search';
import { timelineKinds, type TimelineEntry, type TimelineKind } from '../types';
import { useAccountAddress } from '../use-account-address';
import { useCanEdit } from '../use-subject';
import { Composer } from './Composer';
import { Entry } from './Entry';

/** Everything that happened with the account, newest first, without an end until there is none. */
export function TimelineSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const { kinds: text, showKinds } = useAccountAddress();
  const kinds = useMemo(() => kindsOf(text), [text]);
  const timeline = useInfiniteQuery(timelineQuery(subject, kinds));
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="md" className={classes.timelineColumn}>
      {canEdit && <Composer accountId={subject.id} kind="note" />}
      <Chip.Group multiple value={kinds} onChange={(next) => showKinds(next as TimelineKind[])}>
        <Group gap={6} role="group" aria-label={t('timeline.filter')}>
          {timelineKinds.map((kind) => (
            <Chip key={kind} value={kind} size="xs">
              {t(`kind.${kind}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {timeline.isPending && <Skeleton height={400} />}
      {timeline.isError && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.data && items.length === 0 && (
        <EmptyState title={kinds.length > 0 ? t('timeline.noneOfKind') : t('timeline.none')}>
          {kinds.length > 0 ? t('timeline.noneOfKindHelp') : t('timeline.noneHelp')}
        </EmptyState>
      )}
      {items.length > 0 && <Months items={items} accountId={subject.id} canEdit={canEdit} />}
      {timeline.hasNextPage && (
        <MoreWhenSeen isFetching={timeline.isFetchingNextPage} onSeen={() => void timeline.fetchNextPage()} />
      )}
      {timeline.data && items.length > 0 && !timeline.hasNextPage && (
        <Text fz="xs" c="dimmed" ta="center">
          {t('timeline.end')}
        </Text>
      )}
    </Stack>
  );
}

/** Entries under the month they belong to. */
function Months({
  items,
  accountId,
  canEdit,
}: {
  items: readonly TimelineEntry[];
  accountId: string;
  canEdit: boolean;
}) {
  const format = useFormat();
  const { timeZone } = useViewer();
  const months = Map.groupBy(items, ({ at }) => dayOf(at, timeZone).slice(0, 7));
  return (
    <div>
      {[...months].map(([month, entries]) => (
        <section key={month}>
          <h2 className={classes.month}>{format.month(`${month}-01`)}</h2>
          <ol className={classes.timeline}>
            {entries.map((entry) => (
              <Entry
                key={`${entry.kind}-${entry.id}-${entry.at}`}
                entry={entry}
                accountId={accountId}
                canEdit={canEdit}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** Fetches on when the end of the list comes into sight. */
function MoreWhenSeen({ isFetching, onSeen }: { isFetching: boolean; onSeen: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  const seen = useRef(onSeen);
  useEffect(() => {
    seen.current = onSeen;
  });
  useEffect(() => {
    if (isFetching || !mark.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && seen.current(), {
      rootMargin: '400px',
    });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [isFetching]);
  return (
    <div ref={mark}>
      <Skeleton height={72} />
    </div>
  );
}
