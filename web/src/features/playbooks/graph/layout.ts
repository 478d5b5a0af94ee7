// Where everything stands: steps from top to bottom in the order in which a run comes to them.
import { Graph, layout as place } from '@dagrejs/dagre';
import type { TwoLanguages } from '../../../lib/language';
import type { Step } from '../playbook';
import { findStep } from './edit';
import { portsOf, type PortName } from './ports';
import type { Point } from './route';

export const stepSize = { width: 248, height: 76 } as const;
export const endSize = { width: 80, height: 28 } as const;
export const startSize = { width: 200, height: 44 } as const;
const wordsSize = { width: 132, height: 24 } as const;
const plainSize = { width: 36, height: 24 } as const;
/** So far above and below its middle a line that passes a row of steps goes straight. */
const passing_px = stepSize.height / 2 + 6;

export const startId = ' start';
/** Keys hold no blanks, so that these cannot be mistaken for steps. */
const endId = (from: string, port: string) => ` end ${from} ${port}`;

export interface Spot {
  id: string;
  type: 'start' | 'step' | 'end';
  step?: Step;
  /** Upper left corner. */
  x: number;
  y: number;
}

export interface Arrow {
  id: string;
  /** Null: from the start. */
  from: string | null;
  port: PortName;
  /** Null: the run ends. */
  to: string | null;
  source: string;
  target: string;
  label?: TwoLanguages;
}

/** An arrow with its way around everything else. */
export interface DrawnArrow extends Arrow {
  /** Between its two ends. */
  via: Point[];
  /** Where its words stand. */
  words: Point;
}

export interface Picture {
  spots: Spot[];
  arrows: DrawnArrow[];
  /** The ways out of a step from left to right, so that they do not cross below it. */
  ports: ReadonlyMap<string, readonly PortName[]>;
}

/** Ways that lead on where `next` leads are not drawn a second time. */
export function arrowsOf(steps: readonly Step[]): Arrow[] {
  const first = steps[0];
  const start: Arrow[] = first
    ? [{ id: 'start', from: null, port: 'next', to: first.key, source: startId, target: first.key }]
    : [];
  const others = steps.flatMap((step) =>
    portsOf(step)
      .filter(({ isFallback }) => !isFallback)
      .map(({ name, to, label }): Arrow => {
        const target = to !== null && findStep(steps, to) ? to : endId(step.key, name);
        const id = `${step.key} ${name} ${to ?? ''}`;
        return { id, from: step.key, port: name, to, source: step.key, target, ...(label && { label }) };
      }),
  );
  return [...start, ...others];
}

export function pictureOf(steps: readonly Step[], extra: readonly Arrow[] = []): Picture {
  const arrows = [...arrowsOf(steps), ...extra];
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 32, ranksep: 52, edgesep: 20, marginx: 16, marginy: 16 });
  graph.setNode(startId, { ...startSize });
  for (const step of steps) graph.setNode(step.key, { ...stepSize });
  for (const { target } of arrows) if (!graph.hasNode(target)) graph.setNode(target, { ...endSize });
  for (const { id, source, target, port } of arrows)
    // The main way stays straight, what branches off makes room.
    graph.setEdge(source, target, { ...sizeOfWords(port), labelpos: 'c', weight: port === 'next' ? 4 : 1 }, id);
  place(graph);
  const spots = graph.nodes().map((id): Spot => {
    const { x, y, width, height } = graph.node(id) as Box;
    const corner = { x: x - width / 2, y: y - height / 2 };
    const step = findStep(steps, id);
    return { id, type: id === startId ? 'start' : step ? 'step' : 'end', ...(step && { step }), ...corner };
  });
  const rows = steps.map(({ key }) => (graph.node(key) as Box).y);
  const drawn = arrows.map((arrow): DrawnArrow => {
    const edge = graph.edge(arrow.source, arrow.target, arrow.id) as { points: Point[]; x: number; y: number };
    return { ...arrow, via: viaOf(edge.points, rows), words: { x: edge.x, y: edge.y } };
  });
  return { spots, arrows: drawn, ports: portsInOrder(steps, drawn) };
}

interface Box extends Point {
  width: number;
  height: number;
}

function sizeOfWords(port: PortName) {
  return port === 'next' ? plainSize : wordsSize;
}

/** Without the two ends, which belong to the dots of the steps; straight where a row of steps is passed. */
function viaOf(points: readonly Point[], rows: readonly number[]): Point[] {
  return points.slice(1, -1).flatMap(({ x, y }) =>
    rows.some((row) => Math.abs(row - y) < 2)
      ? [
          { x, y: y - passing_px },
          { x, y: y + passing_px },
        ]
      : [{ x, y }],
  );
}

function portsInOrder(steps: readonly Step[], arrows: readonly DrawnArrow[]): Map<string, readonly PortName[]> {
  const leaves = (step: Step, port: PortName) => {
    // A way that is not drawn leads where `next` leads.
    const arrow =
      arrows.find((each) => each.from === step.key && each.port === port) ??
      arrows.find((each) => each.from === step.key && each.port === 'next');
    return arrow?.via[0]?.x ?? 0;
  };
  return new Map(
    steps.map((step) => {
      const ports = portsOf(step).map(({ name }) => name);
      return [step.key, ports.toSorted((a, b) => leaves(step, a) - leaves(step, b))];
    }),
  );
}

/** The step that lies in a direction from another, as the arrow keys go. */
export function neighbour(
  { spots, arrows }: Pick<Picture, 'spots' | 'arrows'>,
  key: string,
  direction: 'up' | 'down' | 'left' | 'right',
): string | undefined {
  const here = spots.find(({ id }) => id === key);
  if (!here) return undefined;
  const isStep = (id: string) => spots.some((spot) => spot.id === id && spot.type !== 'end');
  if (direction === 'down') return arrows.find(({ source, target }) => source === key && isStep(target))?.target;
  if (direction === 'up') return arrows.find(({ source, target }) => target === key && isStep(source))?.source;
  const sign = direction === 'left' ? -1 : 1;
  const beside = spots
    .filter(
      ({ id, type, x, y }) => id !== key && type === 'step' && (x - here.x) * sign > 0 && Math.abs(y - here.y) < 120,
    )
    .toSorted((a, b) => Math.abs(a.x - here.x) - Math.abs(b.x - here.x));
  return beside[0]?.id;
}
