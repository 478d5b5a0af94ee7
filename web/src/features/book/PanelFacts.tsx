import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../components/DateText';
import { Money } from '../../components/Money';
import { useFormat } from '../../lib/viewer';
import classes from './Book.module.css';
import { ComingDay } from './cells';
import type { BookRow } from './types';

/** The key figures of one account: contract, seats, people, last contact. */
export function PanelFacts({ row }: { row: BookRow }) {
  const { t } = useTranslation('book');
  const format = useFormat();
  return (
    <dl className={classes.facts}>
      <Fact name={t('fact.arr')}>
        <Money value={row.arr} />
      </Fact>
      <Fact name={t('fact.seats')}>
        {row.utilisation === null
          ? format.number(row.seats)
          : t('fact.seatsInUse', {
              active: format.number(row.active_users_28d),
              seats: format.number(row.seats),
              share: format.percent(row.utilisation, 0),
            })}
      </Fact>
      <Fact name={t('fact.renewal')}>
        <ComingDay day={row.renewal_day} />
      </Fact>
      <Fact name={t('fact.noticeDeadline')}>
        <ComingDay day={row.notice_deadline} />
      </Fact>
      <Fact name={t('fact.lastActivity')}>
        <DateText value={row.last_activity_day} />
      </Fact>
      <Fact name={t('fact.lastMeeting')}>
        <DateText value={row.last_meeting_day} />
      </Fact>
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
