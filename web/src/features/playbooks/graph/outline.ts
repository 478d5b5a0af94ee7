// The same graph as an outline: every step once, below the way that leads to it; what was told before is referred to.
import type { TwoLanguages } from '../../../lib/language';
import type { Step } from '../playbook';
import { findStep, reachable, type Place } from './edit';
import { portsOf, type PortName } from './ports';

export interface OutlineWay {
  place: Place;
  port: PortName;
  label?: TwoLanguages;
  /** What follows on this way. A step that stands elsewhere ends the list as a reference. */
  rows: OutlineRow[];
}

export type OutlineRow =
  | { type: 'step'; step: Step; number: number; ways: OutlineWay[]; place: Place }
  | { type: 'reference'; step: Step; number: number; place: Place }
  | { type: 'end'; place: Place };

export interface Outline {
  rows: OutlineRow[];
  /** Steps that no way leads to. */
  loose: Step[];
  /** 1, 2, 3 … in the order of the outline. */
  numbers: ReadonlyMap<string, number>;
}

export function outlineOf(steps: readonly Step[]): Outline {
  const first = steps[0];
  const rows = first ? rowsFrom(steps, first.key, { from: null, port: 'next' }, new Set()) : [];
  const numbers = new Map<string, number>();
  count(rows, numbers);
  const refer = (row: OutlineRow) => {
    if (row.type === 'reference') row.number = numbers.get(row.step.key) ?? 0;
    else if (row.type === 'step') row.ways.forEach((way) => way.rows.forEach(refer));
  };
  rows.forEach(refer);
  const reached = reachable(steps);
  return { rows, loose: steps.filter(({ key }) => !reached.has(key)), numbers };
}

/** In the order in which they are read. */
function count(rows: readonly OutlineRow[], numbers: Map<string, number>) {
  for (const row of rows) {
    if (row.type !== 'step') continue;
    row.number = numbers.size + 1;
    numbers.set(row.step.key, row.number);
    for (const way of row.ways) count(way.rows, numbers);
  }
}

/** A line of steps until a branch spreads it, a known step takes it up, or it ends. */
function rowsFrom(steps: readonly Step[], key: string | null, place: Place, told: Set<string>): OutlineRow[] {
  const step = findStep(steps, key);
  if (!step) return [{ type: 'end', place }];
  if (told.has(step.key)) return [{ type: 'reference', step, number: 0, place }];
  told.add(step.key);
  const ports = portsOf(step).filter(({ isFallback }) => !isFallback);
  const goesOn = step.kind !== 'branch';
  const ways = ports.filter(({ name }) => !goesOn || name !== 'next');
  const row = (): OutlineRow => ({
    type: 'step',
    step,
    number: 0,
    place,
    ways: ways.map(({ name, to, label }) => {
      const way = { from: step.key, port: name };
      return { place: way, port: name, ...(label && { label }), rows: rowsFrom(steps, to, way, told) };
    }),
  });
  const next = ports.find(({ name }) => name === 'next');
  if (!goesOn || !next) return [row()];
  // The main way first, so that what branches off refers to it and not the other way round.
  const rest = rowsFrom(steps, next.to, { from: step.key, port: 'next' }, told);
  return [row(), ...rest];
}
