import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { portalEventsQuery, type PortalEvent } from '../../api/portal';
import { ErrorState } from '../ErrorState';
import { InstantText } from '../InstantText';
import { AccountLink } from '../rules/AccountLink';
import classes from './Portal.module.css';

const step = 50;
const most = 1000;

/** Who logged in, looked as whom, and did what in the portal, newest first: of one account or of all. */
export function PortalAudit({ account }: { account: string | undefined }) {
  const { t } = useTranslation('customer-portal');
  const [limit, setLimit] = useState(step);
  const events = useQuery({ ...portalEventsQuery(account, limit), placeholderData: keepPreviousData });
  if (events.isPending) return <Skeleton height={120} />;
  if (events.isError) return <ErrorState error={events.error} onRetry={() => void events.refetch()} />;
  const { items, total } = events.data;
  if (items.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('audit.none')}
      </Text>
    );
  return (
    <Stack gap="xs">
      <ul className={classes.rows} aria-label={t('audit.title')}>
        {items.map((event, index) => (
          // Two things may happen to one person within a moment; the list only grows at its end.
          <li key={`${event.at} ${index}`} data-stacked>
            <div className={classes.rowText}>
              <Text fz="sm">
                <EventWords event={event} />
              </Text>
              <Text fz="xs" c="dimmed">
                <InstantText value={event.at} />
              </Text>
            </div>
            {account === undefined && (
              <div className={classes.rowText}>
                <AccountLink id={event.account_id} name={event.account_name} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {total > items.length && limit < most && (
        <div>
          <Button size="xs" variant="default" loading={events.isFetching} onClick={() => setLimit(limit + step)}>
            {t('audit.more')}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function EventWords({ event }: { event: PortalEvent }) {
  const { t } = useTranslation('customer-portal');
  const who = event.by || event.contact_name || t('audit.somebody');
  const what = t(`audit.event.${event.event}`, { contact: event.contact_name, item: event.words });
  return t('audit.line', { who, what });
}
