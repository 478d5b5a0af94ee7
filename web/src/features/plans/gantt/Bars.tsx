import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Action, type Goal, type Milestone } from '../../../api/plans';
import { usePanel } from '../../../lib/use-panel';
import { useLanguage } from '../../../lib/viewer';
import { useEditing } from '../editing';
import { panelAddress } from '../panel-address';
import { useDayWords } from '../use-day-words';
import { useOwnerText } from '../use-owner-text';
import { boxOf, type Scale } from './geometry';
import classes from './Timeline.module.css';
import type { useMoving } from './use-moving';

interface MovableProps {
  scale: Scale;
  moving: ReturnType<typeof useMoving>;
}

/** A shorter bar would hold a letter or two; its name stands in its row anyway. */
const leastNamed_px = 72;

/** Up and down lead to the bar before and after, whatever lies between. */
function leadOn(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  const bars = [...(event.currentTarget.closest('[data-timeline]')?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])];
  const next = bars[bars.indexOf(event.currentTarget) + (event.key === 'ArrowUp' ? -1 : 1)];
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
}

/** The time that a goal has, behind its actions. */
export function GoalBar({ goal, scale }: { goal: Goal; scale: Scale }) {
  const { plan } = useEditing();
  const box = boxOf(scale, goal);
  if (!box) return null;
  const status = plan?.goals.find(({ key }) => key === goal.key)?.status;
  return (
    <span
      className={classes.goal}
      data-status={status}
      style={{ left: box.left_px, width: box.width_px }}
      aria-hidden
    />
  );
}

export function ActionBar({ action, scale, moving }: MovableProps & { action: Action }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const days = useDayWords();
  const owner = useOwnerText();
  const panel = usePanel();
  const { plan } = useEditing();
  const wasMoved = useRef(false);
  const span = moving.spanOf('action', action.key, action);
  const box = boxOf(scale, span);
  const standing = plan?.actions.find(({ key }) => key === action.key);
  const later =
    standing && standing.slip_days > 0 && !action.done_on
      ? boxOf(scale, { start: standing.expected_start, due: standing.expected_due })
      : null;
  if (!box) return <span className={classes.undated}>{t('timeline.undated')}</span>;
  const handlers = moving.handlers({ kind: 'action', key: action.key, span: action, hasLength: true });
  const state = action.done_on ? 'done' : standing?.is_late ? 'late' : standing?.is_blocked ? 'blocked' : 'open';
  const name = wordsIn(action.name, language);
  return (
    <>
      {later && (
        <span
          className={classes.later}
          title={t('slip', { count: standing!.slip_days })}
          style={{ left: later.left_px, width: later.width_px }}
        />
      )}
      <button
        type="button"
        className={classes.bar}
        data-bar
        data-side={action.owner.side}
        data-state={state}
        data-moving={moving.isMoving('action', action.key) || undefined}
        data-movable={moving.mayMove || undefined}
        style={{ left: box.left_px, width: box.width_px }}
        aria-label={t('timeline.bar', {
          name,
          owner: owner(action.owner),
          start: days(span.start),
          due: days(span.due),
          state: t(`timeline.state.${state}`),
        })}
        title={t('timeline.span', { name, start: days(span.start), due: days(span.due) })}
        {...handlers}
        onPointerMove={(event) => {
          handlers.onPointerMove(event);
          if (moving.isMoving('action', action.key)) wasMoved.current = true;
        }}
        onPointerDown={(event) => {
          wasMoved.current = false;
          handlers.onPointerDown(event);
        }}
        onKeyDown={(event) => {
          handlers.onKeyDown(event);
          leadOn(event);
        }}
        onClick={() => {
          // The end of a drag is no click.
          if (!wasMoved.current) panel.open(panelAddress({ kind: 'action', key: action.key }));
          wasMoved.current = false;
        }}
      >
        {moving.mayMove && <i data-end="start" />}
        <span>{box.width_px >= leastNamed_px && name}</span>
        {moving.mayMove && <i data-end="due" />}
      </button>
    </>
  );
}

export function MilestoneMark({ milestone, scale, moving }: MovableProps & { milestone: Milestone }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const days = useDayWords();
  const panel = usePanel();
  const { plan, today } = useEditing();
  const wasMoved = useRef(false);
  const own = { start: null, due: milestone.due };
  const span = moving.spanOf('milestone', milestone.key, own);
  const box = boxOf(scale, span);
  if (!box) return <span className={classes.undated}>{t('timeline.undated')}</span>;
  const handlers = moving.handlers({ kind: 'milestone', key: milestone.key, span: own, hasLength: false });
  const isLate = plan !== null && milestone.done_on === null && span.due !== null && span.due < today;
  const state = milestone.done_on ? 'done' : isLate ? 'late' : 'open';
  const name = wordsIn(milestone.name, language);
  return (
    <button
      type="button"
      className={classes.milestone}
      data-bar
      data-state={state}
      data-movable={moving.mayMove || undefined}
      style={{ left: box.left_px + scale.dayWidth_px / 2 }}
      aria-label={t('timeline.mark', { name, due: days(span.due), state: t(`timeline.state.${state}`) })}
      title={t('timeline.markTitle', { name, due: days(span.due) })}
      {...handlers}
      onPointerMove={(event) => {
        handlers.onPointerMove(event);
        if (moving.isMoving('milestone', milestone.key)) wasMoved.current = true;
      }}
      onPointerDown={(event) => {
        wasMoved.current = false;
        handlers.onPointerDown(event);
      }}
      onKeyDown={(event) => {
        handlers.onKeyDown(event);
        leadOn(event);
      }}
      onClick={() => {
        if (!wasMoved.current) panel.open(panelAddress({ kind: 'milestone', key: milestone.key }));
        wasMoved.current = false;
      }}
    >
      <i />
      <span>{days(span.due)}</span>
    </button>
  );
}
