// The ways out of a step: where each leads and how it is named in the definition.
import type { TwoLanguages } from '../../../lib/language';
import type { Step } from '../playbook';

export type PortName = 'next' | 'rejected' | 'skipped' | 'timeout' | 'otherwise' | `case:${number}`;

export interface Port {
  name: PortName;
  /** Key of a step; null: the run ends there. */
  to: string | null;
  /** Of a case of a branch. */
  label?: TwoLanguages;
  /** Leads where `next` leads because nothing else was said. */
  isFallback: boolean;
}

/** The port that a step goes on by when nothing special happens; the one that is closed when the step is taken out. */
export function mainPort({ kind, cases }: Step): PortName | undefined {
  if (kind === 'end') return undefined;
  if (kind === 'branch') return cases && cases.length > 0 ? 'case:0' : 'otherwise';
  return 'next';
}

function port(name: PortName, to: string | null | undefined, label?: TwoLanguages): Port {
  return { name, to: to ?? null, isFallback: false, ...(label && { label }) };
}

/** A way out that goes where `next` goes unless it says otherwise. */
function orNext(name: PortName, to: string | null | undefined, next: string | null | undefined): Port {
  return { name, to: to ?? next ?? null, isFallback: to == null };
}

export function portsOf(step: Step): Port[] {
  const { kind, next } = step;
  const timeout = (step.timeout_days ?? 0) > 0 ? [orNext('timeout', step.on_timeout, next)] : [];
  switch (kind) {
    case 'end':
      return [];
    case 'branch':
      return [
        ...(step.cases ?? []).map((each, index) => port(`case:${index}`, each.next, each.name)),
        port('otherwise', step.otherwise),
      ];
    case 'approval':
      return [port('next', next), port('rejected', step.rejected), ...timeout];
    case 'task':
      return step.wait ? [port('next', next), orNext('skipped', step.skipped, next), ...timeout] : [port('next', next)];
    case 'wait':
      // Where the account has no such day, the way of a timeout is taken.
      if (step.until_field !== undefined) return [port('next', next), orNext('timeout', step.on_timeout, next)];
      return [port('next', next), ...(step.until_condition !== undefined ? timeout : [])];
    default:
      return [port('next', next)];
  }
}

export function withTarget(step: Step, name: PortName, to: string | null): Step {
  switch (name) {
    case 'next':
      return { ...step, next: to };
    case 'rejected':
      return { ...step, rejected: to };
    case 'skipped':
      return { ...step, skipped: to };
    case 'timeout':
      return { ...step, on_timeout: to };
    case 'otherwise':
      return { ...step, otherwise: to };
    default: {
      const index = Number(name.slice('case:'.length));
      return { ...step, cases: step.cases?.map((each, at) => (at === index ? { ...each, next: to } : each)) };
    }
  }
}

/** The same step with every way to one target leading elsewhere. */
export function redirected(step: Step, from: string, to: string | null): Step {
  return portsOf(step)
    .filter((each) => each.to === from && !each.isFallback)
    .reduce((changed, { name }) => withTarget(changed, name, to), clearedHidden(step, from));
}

/** Targets that no port shows at present (a timeout that is switched off) must not keep a key that is gone. */
function clearedHidden(step: Step, key: string): Step {
  const shown = new Set(portsOf(step).map(({ name }) => name));
  return (['rejected', 'skipped', 'timeout', 'otherwise'] as const)
    .filter((name) => !shown.has(name) && targetOf(step, name) === key)
    .reduce<Step>((changed, name) => withTarget(changed, name, null), step);
}

function targetOf(step: Step, name: 'rejected' | 'skipped' | 'timeout' | 'otherwise') {
  return name === 'timeout' ? step.on_timeout : step[name];
}
