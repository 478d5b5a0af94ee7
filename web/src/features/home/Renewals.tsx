import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Money } from '../../components/Money';
import { Score } from '../../components/Score';
import { daysBetween, type Day } from '../../lib/format/date';
import { useFormat, useLanguage } from '../../lib/viewer';
import { dueWithin } from './book-address';
import { HomeSection, Nothing } from './HomeSection';
import type { Home } from './home';
import classes from './Home.module.css';

interface RenewalsProps {
  home: Home;
  mineOf: number | undefined;
}

/** Contracts that come up for renewal, the next first: how the account stands, what is at stake, by when to speak. */
export function Renewals({ home, mineOf }: RenewalsProps) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const language = useLanguage();
  const { renewals, renewals_total, renewals_arr, renewal_horizon_days, as_of } = home;
  return (
    <HomeSection
      wide
      title={t('renewals.title', { count: renewal_horizon_days })}
      note={t('renewals.note', {
        count: renewals_total,
        formatted: format.number(renewals_total),
        arr: format.money(renewals_arr),
      })}
      all={dueWithin(renewal_horizon_days, mineOf)}
    >
      {renewals.length === 0 ? (
        <Nothing>{t('renewals.nothing', { count: renewal_horizon_days })}</Nothing>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('renewals.day')}</th>
              <th scope="col">{t('renewals.account')}</th>
              <th scope="col">{t('renewals.score')}</th>
              <th scope="col" data-align="right">
                ARR
              </th>
              <th scope="col">{t('renewals.notice')}</th>
              <th scope="col">{t('renewals.owner')}</th>
            </tr>
          </thead>
          <tbody>
            {renewals.map((account) => (
              <tr key={account.id}>
                <td data-label={t('renewals.day')}>
                  <DayAhead day={account.renewal_day} today={as_of} />
                </td>
                <td data-title>
                  <Link
                    to="/accounts/$accountId"
                    params={{ accountId: String(account.id) }}
                    className={classes.lineName}
                    title={account.name}
                  >
                    {account.name}
                  </Link>
                </td>
                <td data-label={t('renewals.score')}>
                  <Score
                    aligned
                    score={account.score}
                    level={account.level}
                    reasons={account.reasons.map((reason) => reason[language])}
                  />
                </td>
                <td data-label="ARR" data-align="right">
                  <Money value={account.arr} />
                </td>
                <td data-label={t('renewals.notice')}>
                  <DayAhead day={account.notice_deadline} today={as_of} />
                </td>
                <td data-label={t('renewals.owner')}>{account.owner?.name ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </HomeSection>
  );
}

const soon_days = 30;

/** A day ahead, with colour only where it is near; a deadline that has passed says so. */
function DayAhead({ day, today }: { day: Day | null; today: Day }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  if (!day) return <>–</>;
  const distance = daysBetween(today, day);
  const relative = distance < 0 ? t('renewals.passed') : format.relativeDay(day);
  return (
    <time dateTime={day} className={classes.day}>
      {format.dayShort(day)}
      <span data-near={(distance >= 0 && distance <= soon_days) || undefined}>{relative}</span>
    </time>
  );
}
