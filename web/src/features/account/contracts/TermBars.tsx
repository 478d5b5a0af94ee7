import { useTranslation } from 'react-i18next';
import { daysBetween, type Day } from '../../../lib/format/date';
import { useFormat } from '../../../lib/viewer';
import classes from '../Records.module.css';
import type { Subscription } from '../../../api/contracts';
import { barOf, lanesOf, spanOf, yearMarks } from './term-lanes';

/** Every term as a bar on one line of time, one lane per product; the line through them is the day that is looked at. */
export function TermBars({ subscriptions, today }: { subscriptions: readonly Subscription[]; today: Day }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const span = spanOf(subscriptions, today);
  const now_percent = (daysBetween(span.from, today) / span.length_days) * 100;
  return (
    <div className={classes.terms}>
      {lanesOf(subscriptions).map(({ product, terms }) => (
        <div key={product} className={classes.lane}>
          <span className={classes.laneName} title={product}>
            {product}
          </span>
          <div className={classes.laneTrack}>
            {terms.map((term) => {
              const { left_percent, width_percent } = barOf(term, span);
              const end = term.end ? format.dayShort(term.end) : t('contracts.open');
              const text = `${format.dayShort(term.start)} – ${end} · ${t('contracts.seatCount', { count: term.seats ?? 0, formatted: format.number(term.seats) })}`;
              return (
                <span
                  key={term.id}
                  className={classes.term}
                  data-status={term.status}
                  data-open={term.end === null || undefined}
                  style={{ left: `${left_percent}%`, width: `${width_percent}%` }}
                  title={text}
                  role="img"
                  aria-label={`${product} ${text}`}
                >
                  <span aria-hidden>{format.number(term.seats)}</span>
                </span>
              );
            })}
            <span className={classes.now} style={{ left: `${now_percent}%` }} aria-hidden />
          </div>
        </div>
      ))}
      <div className={classes.lane} aria-hidden>
        <span />
        <div className={classes.years}>
          {yearMarks(span).map(({ year, left_percent }) => (
            <span key={year} style={{ left: `${left_percent}%` }}>
              {t('contracts.year', { year })}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
