import { Link } from '@tanstack/react-router';
import type { Call } from '../../api/work';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import { Money } from '../Money';
import { SeverityBadge, StatusBadge } from './Badges';
import classes from './Calls.module.css';
import { DueText } from './DueText';

interface CallLinesProps {
  calls: readonly Call[];
  /** Where the page is about one customer its name would only repeat. */
  withAccount: boolean;
  label: string;
}

/** Calls as lines: what is to be done, for whom, why now, until when and what is at stake. Each leads to its panel. */
export function CallLines({ calls, withAccount, label }: CallLinesProps) {
  const { t } = useTranslation('calls');
  const language = useLanguage();
  return (
    <ul className={classes.lines} aria-label={label}>
      {calls.map((call) => {
        const isClosed = call.status === 'closed';
        const title = call.title[language];
        const why = isClosed ? call.outcome_why?.[language] : (call.why?.[language] ?? call.explanation[language]);
        return (
          <li key={call.id} className={classes.line}>
            <SeverityBadge severity={call.severity} iconOnly />
            <Link
              to="/cockpit"
              search={{ panel: String(call.id), scope: 'all' }}
              className={classes.lineTitle}
              preload={false}
              title={title}
            >
              {withAccount ? t('lineTitle', { account: call.account.name, title }) : title}
            </Link>
            <span className={classes.lineFigures}>
              {call.status !== 'open' && <StatusBadge status={call.status} />}
              <Money value={call.value_at_stake} />
              <DueText day={call.due_day} businessDaysLeft={call.business_days_left} isFinished={isClosed} />
            </span>
            {why && <span className={classes.lineWhy}>{why}</span>}
          </li>
        );
      })}
    </ul>
  );
}
