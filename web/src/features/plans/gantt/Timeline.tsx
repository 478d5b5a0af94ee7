import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn } from '../../../api/plans';
import type { Day } from '../../../lib/format/date';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { rowsOf, type Row } from '../edit';
import { numberOfDay, useEditing } from '../editing';
import { Arrows } from './Arrows';
import { ActionBar, GoalBar, MilestoneMark } from './Bars';
import {
  countedMonthsOf,
  leftOf,
  monthOfTemplate_days,
  monthsOf,
  scaleOf,
  widthOf,
  type Scale,
  type Zoom,
} from './geometry';
import { rowHeight_px } from './row-height';
import { RowLabel } from './RowLabel';
import classes from './Timeline.module.css';
import { useMoving } from './use-moving';

const headHeight_px = 30;
const labelWidth_px = 264;

const daysOf = (rows: readonly Row[]): Day[] =>
  rows.flatMap((row) => {
    const days =
      row.kind === 'goal'
        ? [row.goal?.start, row.goal?.due]
        : row.kind === 'action'
          ? [row.action.start, row.action.due]
          : [row.milestone.due];
    return days.filter((day) => day !== null && day !== undefined);
  });

/**
 * Goals, actions and milestones along the calendar, with what waits for what. Bars are moved with the pointer or, when
 * they have the focus, with the arrow keys; the arrows up and down lead from bar to bar.
 */
export function Timeline({ zoom, follows }: { zoom: Zoom; follows: boolean }) {
  const { t } = useTranslation('plans');
  const { document, plan, today } = useEditing();
  const { ref: frame, width } = useElementSize();
  const rows = useMemo(() => rowsOf(document), [document]);
  // The scale stays while a bar is moved: it follows what is saved.
  const scale = useMemo(() => scaleOf(daysOf(rows), today, zoom, width - labelWidth_px), [rows, today, zoom, width]);
  const moving = useMoving(scale, follows);
  const scroller = useRef<HTMLDivElement>(null);
  const todayLeft_px = leftOf(scale, today);
  const hasWidth = width > 0;
  useEffect(() => {
    // Today stands a third from the left: what was is there, and most of what comes.
    if (hasWidth) scroller.current?.scrollTo({ left: todayLeft_px - scroller.current.clientWidth / 4 });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, not after every change of a date
  }, [hasWidth]);
  return (
    <div ref={frame} className={classes.frame}>
      <div ref={scroller} className={classes.scroller} role="group" aria-label={t('timeline.label')} data-timeline>
        <div className={classes.canvas} style={{ width: labelWidth_px + widthOf(scale) }}>
          <Heading scale={scale} />
          <div className={classes.body}>
            <div className={classes.grid} aria-hidden style={{ left: labelWidth_px }}>
              {(plan ? monthsOf(scale) : countedMonthsOf(scale, today)).map(({ day, left_px }) => (
                <i key={day} style={{ left: left_px }} />
              ))}
              <i data-today style={{ left: todayLeft_px + scale.dayWidth_px / 2 }} />
            </div>
            <svg
              className={classes.arrows}
              aria-hidden
              style={{ left: labelWidth_px }}
              width={widthOf(scale)}
              height={rows.length * rowHeight_px}
            >
              <Arrows rows={rows} scale={scale} spanOf={moving.spanOf} />
            </svg>
            {rows.map((row) => (
              <div key={`${row.kind} ${row.key}`} className={classes.row} data-kind={row.kind}>
                <RowLabel row={row} />
                <div className={classes.track}>
                  <Content row={row} scale={scale} moving={moving} />
                </div>
              </div>
            ))}
          </div>
        </div>
      </div>
      <div className="visually-hidden" aria-live="polite">
        {moving.said}
      </div>
    </div>
  );
}

function Content({ row, scale, moving }: { row: Row; scale: Scale; moving: ReturnType<typeof useMoving> }) {
  switch (row.kind) {
    case 'goal':
      return row.goal && <GoalBar goal={row.goal} scale={scale} />;
    case 'action':
      return <ActionBar action={row.action} scale={scale} moving={moving} />;
    case 'milestone':
      return <MilestoneMark milestone={row.milestone} scale={scale} moving={moving} />;
  }
}

const monthNumberOf = (day: Day): number => Math.floor(numberOfDay(day)! / monthOfTemplate_days) + 1;

/** The months; in a template the months since its start. */
function Heading({ scale }: { scale: Scale }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const language = useLanguage();
  const { plan, today, document } = useEditing();
  const label = (day: Day, width_px: number) => {
    if (!plan) return width_px < 60 ? '' : t('timeline.monthNumber', { number: monthNumberOf(day) });
    if (width_px >= 78) return format.month(day);
    const month = Number(day.slice(5, 7));
    return language === 'ja' ? `${month}月` : format.month(day).slice(0, 3);
  };
  return (
    <div className={classes.heading} style={{ height: headHeight_px }}>
      <div className={classes.corner}>{wordsIn(document.name, language)}</div>
      <div className={classes.months}>
        {(plan ? monthsOf(scale) : countedMonthsOf(scale, today)).map(({ day, left_px, width_px }) => (
          <span key={day} style={{ left: left_px, width: width_px }}>
            {label(day, width_px)}
          </span>
        ))}
        <b data-start={plan === null || undefined} style={{ left: leftOf(scale, today) + scale.dayWidth_px / 2 }}>
          {plan ? t('timeline.today') : t('timeline.start')}
        </b>
      </div>
    </div>
  );
}
