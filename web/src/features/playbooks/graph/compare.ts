// What became of the steps and arrows from one version to another, to be drawn on the graph.
import type { Step } from '../playbook';
import { portsOf } from './ports';

export type Change = 'added' | 'removed' | 'changed';

export interface ComparedSteps {
  /** Those of the newer version, and after them those that are gone. */
  steps: Step[];
  changes: ReadonlyMap<string, Change>;
  /** Arrows by `arrowId` that only one of the two has. */
  arrows: ReadonlyMap<string, 'added' | 'removed'>;
}

export function arrowId(from: string, port: string, to: string | null): string {
  return `${from} ${port} ${to ?? ''}`;
}

function arrowsOf(steps: readonly Step[]): Set<string> {
  return new Set(steps.flatMap((step) => portsOf(step).map(({ name, to }) => arrowId(step.key, name, to))));
}

/** Without where it leads: an arrow that changed is drawn as an arrow. */
function content(step: Step): string {
  const { next, rejected, skipped, on_timeout, otherwise, cases, ...rest } = step;
  void [next, rejected, skipped, on_timeout, otherwise];
  const entries = Object.entries({ ...rest, cases: cases?.map(({ name, condition }) => ({ name, condition })) });
  return JSON.stringify(entries.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function compareSteps(before: readonly Step[], after: readonly Step[]): ComparedSteps {
  const old = new Map(before.map((step) => [step.key, step]));
  const present = new Set(after.map(({ key }) => key));
  const changes = new Map<string, Change>();
  for (const step of after) {
    const was = old.get(step.key);
    if (!was) changes.set(step.key, 'added');
    else if (content(was) !== content(step)) changes.set(step.key, 'changed');
  }
  const gone = before.filter(({ key }) => !present.has(key));
  for (const { key } of gone) changes.set(key, 'removed');
  const arrowsBefore = arrowsOf(before);
  const arrowsAfter = arrowsOf(after);
  const arrows = new Map<string, 'added' | 'removed'>();
  for (const id of arrowsAfter) if (!arrowsBefore.has(id)) arrows.set(id, 'added');
  for (const id of arrowsBefore) if (!arrowsAfter.has(id)) arrows.set(id, 'removed');
  return { steps: [...after, ...gone], changes, arrows };
}
