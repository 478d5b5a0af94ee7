import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../components/DateText';
import { Money } from '../../components/Money';
import type { Day } from '../../lib/format/date';
import { useFormat } from '../../lib/viewer';
import { contractsQuery } from './account';
import classes from './Book.module.css';
import { ComingDay } from './cells';
import type { BookRow } from './types';

interface PanelFactsProps {
  id: string;
  row: BookRow | undefined;
  asOf: Day | undefined;
}

/** The key figures of one account: contract, seats, people, last contact. */
export function PanelFacts({ id, row, asOf }: PanelFactsProps) {
  const { t } = useTranslation('book');
  const format = useFormat();
  const contracts = useQuery(contractsQuery(id, asOf));
  const totals = contracts.data;
  const fetched = (value: ReactNode) => (contracts.isPending ? <Skeleton height={14} w={80} my={4} /> : value);
  const seats = row?.seats ?? totals?.seats;
  return (
    <dl className={classes.facts}>
      <Fact name={t('fact.arr')}>{row ? <Money value={row.arr} /> : fetched(<Money value={totals?.arr} />)}</Fact>
      <Fact name={t('fact.renewal')}>
        {row ? <ComingDay day={row.renewal_day} /> : fetched(<ComingDay day={totals?.next_renewal_day} />)}
      </Fact>
      <Fact name={t('fact.noticeDeadline')}>{fetched(<ComingDay day={totals?.notice_deadline} />)}</Fact>
      <Fact name={t('fact.seats')}>
        {row && row.utilisation !== null
          ? t('fact.seatsInUse', {
              active: format.number(row.active_users_28d),
              seats: format.number(seats),
              share: format.percent(row.utilisation, 0),
            })
          : fetched(format.number(seats))}
      </Fact>
      {row && (
        <>
          <Fact name={t('fact.lastActivity')}>
            <DateText value={row.last_activity_day} />
          </Fact>
          <Fact name={t('fact.lastMeeting')}>
            <DateText value={row.last_meeting_day} />
          </Fact>
        </>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
