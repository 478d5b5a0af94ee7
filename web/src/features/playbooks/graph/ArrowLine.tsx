import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from '@xyflow/react';
import { AddStep } from '../editor/AddStep';
import { useFormat } from '../../../lib/viewer';
import type { StepKind } from '../playbook';
import type { Place } from './edit';
import classes from './Graph.module.css';
import { stepSize } from './layout';
import { lineBack, lineThrough, type Point } from './route';

export interface ArrowData extends Record<string, unknown> {
  place: Place;
  /** The way around the other steps. */
  via: readonly Point[];
  wordsAt: Point;
  /** What is written on it; empty on the usual way. */
  words: string;
  flow: number | undefined;
  isLit: boolean;
  isQuiet: boolean;
  change: 'added' | 'removed' | undefined;
  onInsert: ((place: Place, kind: StepKind) => void) | undefined;
}

/** A way from step to step, with its words, how many take it, and a place to put a step on it. */
export function ArrowLine({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<Edge<ArrowData>>) {
  const format = useFormat();
  if (!data) return null;
  const { words, flow, isLit, isQuiet, change, onInsert, place, via, wordsAt } = data;
  const source = { x: sourceX, y: sourceY };
  const target = { x: targetX, y: targetY };
  const lane_x = laneOf(source, via);
  const isBack = targetY < sourceY;
  const path = isBack ? lineBack(source, target, lane_x) : lineThrough([source, ...via, target]);
  const { x, y } = isBack ? { x: lane_x, y: (sourceY + targetY) / 2 } : wordsAt;
  return (
    <>
      <g className={classes.arrow} data-lit={isLit || undefined} data-quiet={isQuiet || undefined} data-change={change}>
        <BaseEdge path={path} interactionWidth={16} />
        <path
          className={classes.tip}
          d={`M${targetX - 4},${targetY - 7} L${targetX},${targetY} L${targetX + 4},${targetY - 7}`}
        />
      </g>
      <EdgeLabelRenderer>
        <div
          className={classes.label}
          data-quiet={isQuiet || undefined}
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        >
          {words && <span className={classes.port}>{words}</span>}
          {flow !== undefined && <span className={classes.flow}>{format.number(flow)}</span>}
          {onInsert && <AddStep compact onAdd={(kind) => onInsert(place, kind)} after={words} />}
        </div>
      </EdgeLabelRenderer>
    </>
  );
}

/** On a way back, the line goes up where the layout left room for it, and never through its own step. */
function laneOf(source: Point, via: readonly Point[]): number {
  const least = stepSize.width / 2 + 24;
  const farthest = via.reduce(
    (found, { x }) => (Math.abs(x - source.x) > Math.abs(found - source.x) ? x : found),
    source.x,
  );
  if (Math.abs(farthest - source.x) >= least) return farthest;
  return source.x + (farthest < source.x ? -least : least);
}
