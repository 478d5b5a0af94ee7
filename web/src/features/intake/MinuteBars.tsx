import { useTranslation } from 'react-i18next';
import type { IntakeMinute } from '../../api/intake';
import { useNow } from '../../lib/use-now';
import { useFormat } from '../../lib/viewer';
import classes from './Intake.module.css';
import { lastHour } from './live-state';

/** From the bottom of a bar to its top. Late ones are among the accepted, so those are drawn without them. */
const parts = ['accepted', 'late', 'duplicates', 'refused'] as const;
export type BarPart = (typeof parts)[number];

function sizeOf(minute: IntakeMinute, part: BarPart): number {
  return part === 'accepted' ? Math.max(0, minute.accepted - minute.late) : minute[part];
}

interface MinuteBarsProps {
  name: string;
  minutes: readonly IntakeMinute[];
  height_px?: number;
}

const bar_px = 2;
const gap_px = 0.5;
const minuteSteps_ms = 10_000;

/** What came in each of the last 60 minutes, as a picture the size of a few words. */
export function MinuteBars({ name, minutes, height_px = 24 }: MinuteBarsProps) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const now_ms = useNow((at_ms) => Math.floor(at_ms / minuteSteps_ms) * minuteSteps_ms);
  const hour = lastHour(minutes, now_ms);
  const totals = hour.map((minute) => parts.reduce((sum, part) => sum + sizeOf(minute, part), 0));
  const most = Math.max(1, ...totals);
  const all = totals.reduce((sum, total) => sum + total, 0);
  const width_px = hour.length * (bar_px + gap_px);
  return (
    <svg
      className={classes.bars}
      viewBox={`0 0 ${width_px} ${height_px}`}
      width={width_px}
      height={height_px}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('bars.label', { name, count: all, formatted: format.number(all) })}
    >
      <line x1={0} x2={width_px} y1={height_px - 0.5} y2={height_px - 0.5} className={classes.axis} />
      {hour.map((minute, index) => {
        let top = height_px;
        return parts.map((part) => {
          const size = sizeOf(minute, part);
          if (size === 0) return null;
          // What came at all is seen, however much came in other minutes.
          const drawn_px = Math.max(1, (size / most) * height_px);
          top = Math.max(0, top - drawn_px);
          return (
            <rect
              key={part + index}
              x={index * (bar_px + gap_px)}
              y={top}
              width={bar_px}
              height={drawn_px}
              data-part={part}
            />
          );
        });
      })}
    </svg>
  );
}

/** What the colours of the bars mean. */
export function BarsLegend() {
  const { t } = useTranslation('intake');
  return (
    <ul className={classes.legend} aria-label={t('bars.legend')}>
      {parts.map((part) => (
        <li key={part} data-part={part}>
          {t(`count.${part}`)}
        </li>
      ))}
    </ul>
  );
}
