// What one does to the graph of a playbook. Every function gives new steps and leaves the old ones as they are.
import type { Step } from '../playbook';
import { mainPort, portsOf, redirected, withTarget, type PortName } from './ports';

/** One arrow: the way out `port` of the step `from`; `from` null: where a run begins. */
export interface Place {
  from: string | null;
  port: PortName;
}

export const startPlace: Place = { from: null, port: 'next' };

export function findStep(steps: readonly Step[], key: string | null | undefined): Step | undefined {
  return steps.find((step) => step.key === key);
}

/** Where the arrow leads at present; null: the end of the run. */
export function targetAt(steps: readonly Step[], { from, port }: Place): string | null {
  if (from === null) return steps[0]?.key ?? null;
  const step = findStep(steps, from);
  return (step && portsOf(step).find(({ name }) => name === port)?.to) ?? null;
}

/** "send_mail", and "send_mail_2" where that is taken. */
export function freeKey(steps: readonly Step[], wish: string): string {
  const base = wish.slice(0, 58) || 'step';
  if (!findStep(steps, base)) return base;
  let number = 2;
  while (findStep(steps, `${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}

export function changeStep(steps: readonly Step[], key: string, change: (step: Step) => Step): Step[] {
  return steps.map((step) => (step.key === key ? change(step) : step));
}

/** Puts a step on an arrow: what the arrow led to follows after it. */
export function insertStep(steps: readonly Step[], place: Place, step: Step): Step[] {
  const after = targetAt(steps, place);
  const way = mainPort(step);
  const placed = way ? withTarget(step, way, after) : step;
  if (place.from === null) return [placed, ...steps];
  const position = steps.findIndex(({ key }) => key === place.from);
  const linked = changeStep(steps, place.from, (from) => withTarget(from, place.port, step.key));
  return [...linked.slice(0, position + 1), placed, ...linked.slice(position + 1)];
}

/** Takes a step out and closes the gap: what led to it leads to what it went on with. */
export function removeStep(steps: readonly Step[], key: string): Step[] {
  const step = findStep(steps, key);
  if (!step) return [...steps];
  const way = mainPort(step);
  const found = way ? (portsOf(step).find(({ name }) => name === way)?.to ?? null) : null;
  const after = found === key ? null : found;
  const rest = steps.filter((each) => each.key !== key).map((each) => redirected(each, key, after));
  // The run began here: it begins where this step led.
  return steps[0] === step && after !== null ? firstBe(rest, after) : rest;
}

export function connect(steps: readonly Step[], place: Place, to: string | null): Step[] {
  if (place.from === null) return to === null ? [...steps] : firstBe(steps, to);
  return changeStep(steps, place.from, (step) => withTarget(step, place.port, to));
}

function firstBe(steps: readonly Step[], key: string): Step[] {
  const first = findStep(steps, key);
  return first ? [first, ...steps.filter((step) => step !== first)] : [...steps];
}

/** A second step like this one, right after it. */
export function duplicateStep(steps: readonly Step[], key: string): { steps: Step[]; key: string } {
  const step = findStep(steps, key);
  if (!step) return { steps: [...steps], key };
  const copy = { ...structuredClone(step), key: freeKey(steps, key.replace(/_\d+$/, '')) };
  const way = mainPort(step);
  // Of a branch and of an end nothing follows "after": the copy stands beside it until somebody leads to it.
  if (step.kind === 'branch' || !way) return { steps: [...steps, copy], key: copy.key };
  return { steps: insertStep(steps, { from: key, port: way }, copy), key: copy.key };
}

/** Takes out a case of a branch; the ones behind it move up. */
export function removeCase(steps: readonly Step[], key: string, index: number): Step[] {
  return changeStep(steps, key, (step) => ({ ...step, cases: step.cases?.filter((_, at) => at !== index) }));
}

/** The keys that a run can come to. */
export function reachable(steps: readonly Step[]): Set<string> {
  const seen = new Set<string>();
  const open = steps[0] ? [steps[0].key] : [];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const step = findStep(steps, key);
    if (!step || seen.has(key)) continue;
    seen.add(key);
    for (const { to } of portsOf(step)) if (to !== null) open.push(to);
  }
  return seen;
}

/** The arrows that lead to a step. */
export function placesBefore(steps: readonly Step[], key: string): Place[] {
  const start = steps[0]?.key === key ? [startPlace] : [];
  return [
    ...start,
    ...steps.flatMap((step) =>
      portsOf(step)
        .filter(({ to, isFallback }) => to === key && !isFallback)
        .map(({ name }) => ({ from: step.key, port: name })),
    ),
  ];
}
