import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn } from '../../../api/plans';
import { useLanguage } from '../../../lib/viewer';
import type { Operation } from '../edit';
import { useEditing } from '../editing';
import { useDayWords } from '../use-day-words';
import { daysOf, moved, moveOfKey, slips, type Move, type Scale, type Span } from './geometry';

export interface Movable {
  kind: 'action' | 'milestone';
  key: string;
  span: Span;
  /** A milestone is one day: it has no length to change. */
  hasLength: boolean;
}

interface Moving {
  item: Movable;
  span: Span;
}

/** Keys pressed one after the other are one change: it is saved when the hand rests, or goes elsewhere. */
const rest_ms = 900;
/** Less than this is a click. */
const leastDrag_px = 4;

const isSame = (a: Span, b: Span) => a.start === b.start && a.due === b.due;

/** Moves one bar at a time, by pointer or by key, and what waits for it where that is wished. */
export function useMoving(scale: Scale, follows: boolean) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const days = useDayWords();
  const { document, change, mayEdit } = useEditing();
  const [moving, setMoving] = useState<Moving | null>(null);
  // Events read what is moved now, not what was when they were set up.
  const now = useRef<Moving | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const drag = useRef<{ from_px: number; end: Move['end']; isMoved: boolean } | null>(null);

  const show = useCallback((next: Moving | null) => {
    now.current = next;
    setMoving(next);
  }, []);

  const followers = useMemo(
    () =>
      moving && follows && moving.item.kind === 'action'
        ? slips(document.actions, moving.item.key, moving.span)
        : new Map<string, Span>(),
    [moving, follows, document.actions],
  );

  const save = useCallback(() => {
    clearTimeout(timer.current);
    const done = now.current;
    show(null);
    if (!done || isSame(done.span, done.item.span)) return;
    const { item, span } = done;
    const after = follows && item.kind === 'action' ? slips(document.actions, item.key, span) : new Map<string, Span>();
    const operations: Operation[] =
      item.kind === 'milestone'
        ? [{ op: 'put', kind: 'milestone', item: { key: item.key, due: span.due } }]
        : [[item.key, span] as const, ...after].map(([key, { start, due }]) => ({
            op: 'put',
            kind: 'action',
            item: { key, start, due },
          }));
    const list = item.kind === 'action' ? document.actions : document.milestones;
    const name = wordsIn(list.find(({ key }) => key === item.key)?.name, language);
    change(
      operations,
      after.size > 0
        ? t('told.movedWith', { name, day: days(span.due ?? span.start), count: after.size })
        : t('told.moved', { name, day: days(span.due ?? span.start) }),
    );
  }, [show, follows, document, change, language, t, days]);

  // What was moved by key is not lost when the timeline goes.
  const latestSave = useRef(save);
  useEffect(() => {
    latestSave.current = save;
  }, [save]);
  useEffect(() => () => latestSave.current(), []);

  const handlers = (item: Movable) => ({
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (!mayEdit || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === 'Escape' && now.current) {
        event.preventDefault();
        event.stopPropagation();
        clearTimeout(timer.current);
        show(null);
        return;
      }
      const move = moveOfKey(event.key, event.shiftKey && event.key.startsWith('Arrow'));
      if (!move || (!item.hasLength && move.end !== 'move')) return;
      event.preventDefault();
      event.stopPropagation();
      const span = now.current?.item.key === item.key ? now.current.span : item.span;
      show({ item, span: moved(span, move) });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => latestSave.current(), rest_ms);
    },
    onBlur: () => {
      if (now.current && !drag.current) save();
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (!mayEdit || event.button !== 0) return;
      const end = (event.target as HTMLElement).dataset.end;
      drag.current = {
        from_px: event.clientX,
        end: end === 'start' || end === 'due' ? end : 'move',
        isMoved: false,
      };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const held = drag.current;
      if (!held) return;
      const distance_px = event.clientX - held.from_px;
      if (!held.isMoved && Math.abs(distance_px) < leastDrag_px) return;
      held.isMoved = true;
      show({ item, span: moved(item.span, { end: held.end, days: daysOf(scale, distance_px) }) });
    },
    onPointerUp: () => {
      const held = drag.current;
      drag.current = null;
      if (held?.isMoved) save();
    },
    onPointerCancel: () => {
      drag.current = null;
      show(null);
    },
  });

  const spanOf = useCallback(
    (kind: 'action' | 'milestone', key: string, span: Span): Span => {
      if (moving?.item.kind === kind && moving.item.key === key) return moving.span;
      return (kind === 'action' && followers.get(key)) || span;
    },
    [moving, followers],
  );

  return {
    handlers,
    spanOf,
    mayMove: mayEdit,
    isMoving: (kind: string, key: string) => moving?.item.kind === kind && moving.item.key === key,
    /** For those who hear the page: where the bar is now. */
    said: moving ? t('timeline.said', { start: days(moving.span.start), due: days(moving.span.due) }) : '',
  };
}
