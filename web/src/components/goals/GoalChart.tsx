import { useTranslation } from 'react-i18next';
import { useFormat, useViewer } from '../../lib/viewer';
import { useFigureText } from './figure-text';
import { drawGoal, type GoalCourse } from './goal-line';
import classes from './Goals.module.css';
import type { Words } from '../../api/plans';

interface GoalChartProps {
  course: GoalCourse;
  unit: Words;
  name: string;
  width_px?: number;
  height_px?: number;
  /** With days and figures at the edges; without them it stands beside words that say the same. */
  labelled?: boolean;
}

const inset_px = 5;

/** The readings of a goal against the line on which it should go from baseline to target. */
export function GoalChart({ course, unit, name, width_px = 160, height_px = 44, labelled = false }: GoalChartProps) {
  const { t } = useTranslation('goals');
  const format = useFormat();
  const figure = useFigureText();
  const { bookDay } = useViewer();
  const width = width_px - 2 * inset_px;
  const height = height_px - 2 * inset_px;
  const drawing = drawGoal(course, bookDay, width, height);
  if (!drawing || (drawing.readings.length === 0 && !labelled)) return null;
  const last = drawing.readings.at(-1);
  const words = t('chart.words', {
    name,
    from: figure(course.baseline, unit),
    to: figure(course.target, unit),
    day: format.day(course.due),
    now: figure(course.readings.at(-1)?.value, unit),
    count: course.readings.length,
  });
  const chart = (
    <svg
      className={classes.chart}
      width={width_px}
      height={height_px}
      viewBox={`0 0 ${width_px} ${height_px}`}
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      <g transform={`translate(${inset_px} ${inset_px})`}>
        {drawing.today_x !== null && (
          <line
            className={classes.today}
            x1={drawing.today_x}
            x2={drawing.today_x}
            y1={-inset_px}
            y2={height + inset_px}
          />
        )}
        {drawing.expected && (
          <line
            className={classes.expected}
            x1={drawing.expected[0].x}
            y1={drawing.expected[0].y}
            x2={drawing.expected[1].x}
            y2={drawing.expected[1].y}
          />
        )}
        <polyline className={classes.readings} points={drawing.readings.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {labelled &&
          drawing.readings.map(({ x, y }, index) => <circle key={index} className={classes.dot} cx={x} cy={y} r={2} />)}
        {last && <circle className={classes.dot} cx={last.x} cy={last.y} r={3} />}
      </g>
    </svg>
  );
  if (!labelled) return chart;
  return (
    <figure className={classes.figure}>
      <div className={classes.scale} aria-hidden>
        <span>{figure(drawing.high, unit)}</span>
        <span>{figure(drawing.low, unit)}</span>
      </div>
      <div>
        {chart}
        <div className={classes.days} style={{ width: width_px }} aria-hidden>
          <span>{format.dayShort(drawing.first)}</span>
          <span>{format.dayShort(drawing.last)}</span>
        </div>
      </div>
      <figcaption>
        <span>
          <i data-line="readings" /> {t('chart.readings')}
        </span>
        {drawing.expected && (
          <span>
            <i data-line="expected" /> {t('chart.expected')}
          </span>
        )}
      </figcaption>
    </figure>
  );
}
