import { Text } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intakeQuery, type IntakeSource, type LatestEvent } from '../../api/intake';
import { useLive } from '../../lib/live/use-live';
import { useFormat } from '../../lib/viewer';
import classes from './Intake.module.css';

interface FirstEventProps {
  source: { id: number };
  all: readonly IntakeSource[];
  /** Events from before this appeared do not count: the key is new. */
  sinceNow?: boolean;
}

/** Waits for the first event of a source and says by itself when it is there, and whose it is. */
export function FirstEvent({ source, all, sinceNow = false }: FirstEventProps) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const client = useQueryClient();
  const last = all.find(({ id }) => id === source.id)?.last_received_at ?? null;
  const [before] = useState(sinceNow ? last : null);
  const [first, setFirst] = useState<LatestEvent | null>(null);
  useLive({
    intake: ({ sources, latest }) => {
      const own = latest.filter((event) => event.source_id === source.id);
      setFirst((known) => known ?? own.toSorted((a, b) => a.event_no - b.event_no)[0] ?? null);
      if (sources.some(({ id }) => id === source.id)) void client.invalidateQueries({ queryKey: intakeQuery.queryKey });
    },
  });
  const hasArrived = first !== null || (last !== null && last !== before);
  return (
    <div className={classes.first} data-arrived={hasArrived || undefined} role="status">
      {hasArrived ? <IconCircleCheckFilled size={18} aria-hidden /> : <span className={classes.waiting} aria-hidden />}
      <div>
        <Text fz="sm" fw={600}>
          {t(hasArrived ? 'first.arrived' : 'first.waiting')}
        </Text>
        <Text fz="sm" component="div">
          {!hasArrived && t('first.waitingHelp')}
          {first && (
            <>
              {t('first.what', { event: first.event || first.kind, at: format.clock(first.received_at) })}{' '}
              {first.account_id !== null ? (
                <Link to="/accounts/$accountId" params={{ accountId: String(first.account_id) }}>
                  {first.account_name}
                </Link>
              ) : (
                t('first.unmatched')
              )}
            </>
          )}
        </Text>
      </div>
    </div>
  );
}
