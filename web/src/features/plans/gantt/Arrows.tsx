import type { Row } from '../edit';
import { arrowPath, boxOf, type Scale, type Span } from './geometry';
import classes from './Timeline.module.css';
import { rowHeight_px } from './row-height';

interface ArrowsProps {
  rows: readonly Row[];
  scale: Scale;
  spanOf: (kind: 'action' | 'milestone', key: string, span: Span) => Span;
}

/** What waits for what; an arrow is marked where an action would start before what it waits for ends. */
export function Arrows({ rows, scale, spanOf }: ArrowsProps) {
  const places = new Map(
    rows.flatMap((row, index) => {
      if (row.kind !== 'action') return [];
      const span = spanOf('action', row.key, row.action);
      const box = boxOf(scale, span);
      return box ? [[row.key, { box, span, y: (index + 0.5) * rowHeight_px, action: row.action }] as const] : [];
    }),
  );
  return (
    <>
      <defs>
        <marker id="plan-arrow" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0 0L6 3L0 6z" className={classes.arrowHead} />
        </marker>
      </defs>
      {[...places.values()].flatMap((to) =>
        to.action.depends_on.flatMap((key) => {
          const from = places.get(key);
          if (!from) return [];
          const start = to.span.start ?? to.span.due;
          const end = from.span.due ?? from.span.start;
          const isTooSoon =
            from.action.done_on === null &&
            to.action.done_on === null &&
            start !== null &&
            end !== null &&
            start <= end;
          return [
            <path
              key={`${key} ${to.action.key}`}
              className={classes.arrow}
              data-too-soon={isTooSoon || undefined}
              d={arrowPath({ x: from.box.left_px + from.box.width_px, y: from.y }, { x: to.box.left_px, y: to.y })}
              markerEnd="url(#plan-arrow)"
            />,
          ];
        }),
      )}
    </>
  );
}
