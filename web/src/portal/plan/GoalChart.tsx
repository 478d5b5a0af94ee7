import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/viewer';
import { useWidth } from '../ui/use-width';
import { pictureOf } from './course';
import { useAmount } from './use-amount';
import classes from './Plan.module.css';
import type { Goal } from '../requests';

const height_px = 150;
const edge_px = 8;

/** How the figure went, with the agreed way from baseline to target behind it, and the figures as a table. */
export function GoalChart({ goal }: { goal: Goal }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  const amount = useAmount(goal.unit);
  const frame = useRef<HTMLDivElement>(null);
  const width_px = useWidth(frame);
  const picture = pictureOf({ ...goal, start: null });
  if (!picture) return null;
  const inner_px = Math.max(0, width_px - 2 * edge_px);
  const at = ([x, y]: [number, number]) => [edge_px + x * inner_px, y * height_px] as const;
  const path = picture.line.map((point, index) => `${index === 0 ? 'M' : 'L'}${at(point).join(' ')}`).join('');
  const last = at(picture.line.at(-1)!);
  return (
    <figure className={classes.chart}>
      <div ref={frame}>
        <svg width={width_px} height={height_px} role="img" aria-label={t('goal.chart')}>
          {picture.targetAt !== null && (
            <line
              className={classes.target}
              x1={edge_px}
              x2={width_px - edge_px}
              y1={picture.targetAt * height_px}
              y2={picture.targetAt * height_px}
            />
          )}
          {picture.agreed && (
            <line
              className={classes.agreed}
              x1={at(picture.agreed[0])[0]}
              y1={at(picture.agreed[0])[1]}
              x2={at(picture.agreed[1])[0]}
              y2={at(picture.agreed[1])[1]}
            />
          )}
          <path className={classes.course} d={path} />
          <circle className={classes.now} cx={last[0]} cy={last[1]} r={4.5} />
          {goal.target !== null && picture.targetAt !== null && (
            <text
              className={classes.chartText}
              // Not at the end, where the agreed way comes to the target.
              x={edge_px}
              y={picture.targetAt * height_px + (picture.targetAt < 0.5 ? 16 : -6)}
            >
              {t('goal.targetIs', { value: amount(goal.target) })}
            </text>
          )}
        </svg>
      </div>
      <figcaption className={classes.axis}>
        <time dateTime={picture.from}>{format.dayShort(picture.from)}</time>
        <time dateTime={picture.until}>{format.dayShort(picture.until)}</time>
      </figcaption>
      <details className="no-print">
        <summary>{t('goal.figures')}</summary>
        <table className={classes.figures}>
          <thead>
            <tr>
              <th scope="col">{t('goal.day')}</th>
              <th scope="col">{t('goal.value')}</th>
              <th scope="col">{t('goal.from')}</th>
            </tr>
          </thead>
          <tbody>
            {goal.readings.toReversed().map(({ day, value, is_by_customer }) => (
              <tr key={day}>
                <td>
                  <time dateTime={day}>{format.day(day)}</time>
                </td>
                <td className="tabular">{amount(value)}</td>
                <td>{is_by_customer ? t('goal.fromYou') : t('goal.fromUs')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
