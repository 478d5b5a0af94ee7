import { useTranslation } from 'react-i18next';
import type { CallSummary } from '../../api/work';
import { Money } from '../../components/Money';
import { useFormat } from '../../lib/viewer';
import classes from './Cockpit.module.css';

/** How many, what is at stake, and what cannot wait, of all that the list holds. */
export function Summary({ summary }: { summary: CallSummary | undefined }) {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  if (!summary) return <div className={classes.sums} style={{ height: 24 }} />;
  const { calls, accounts, arr, value_at_stake, overdue, due_today, hours_estimate } = summary;
  return (
    <dl className={classes.sums}>
      <div>
        <dt>{t('sum.calls')}</dt>
        <dd>{t('sum.callsOf', { calls: format.number(calls), count: accounts, accounts: format.number(accounts) })}</dd>
      </div>
      <div>
        <dt>{t('sum.stake')}</dt>
        <dd>
          <Money value={value_at_stake} />
        </dd>
      </div>
      <div data-more>
        <dt>{t('sum.arr')}</dt>
        <dd>
          <Money value={arr} />
        </dd>
      </div>
      <div>
        <dt>{t('sum.overdue')}</dt>
        <dd data-late={overdue > 0 || undefined}>
          {t('count', { count: overdue, formatted: format.number(overdue) })}
        </dd>
      </div>
      <div data-more>
        <dt>{t('sum.today')}</dt>
        <dd>{t('count', { count: due_today, formatted: format.number(due_today) })}</dd>
      </div>
      {hours_estimate > 0 && (
        <div data-more>
          <dt>{t('sum.hours')}</dt>
          <dd>{t('sum.hoursOf', { formatted: format.number(hours_estimate, hours_estimate < 10 ? 1 : 0) })}</dd>
        </div>
      )}
    </dl>
  );
}
