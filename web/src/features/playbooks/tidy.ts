// The body as the server takes it: it refuses members that a kind of step does not know.
import type { PlaybookBody, Start, Step, StepKind } from './playbook';

type Field = keyof Step;

const deed: Field[] = ['role', 'title', 'description', 'due_business_days'];
const timeout: Field[] = ['timeout_days', 'on_timeout'];

const fieldsOf: Record<StepKind, readonly Field[]> = {
  task: [...deed, 'required', 'wait', 'skipped', ...timeout, 'next'],
  approval: [...deed, 'rejected', ...timeout, 'next'],
  email: ['template', 'sender', 'to', 'holdout_percent', 'next'],
  survey: ['survey', 'to', 'holdout_percent', 'next'],
  wait: ['days', 'business_days', 'until_field', 'days_after', 'until_condition', ...timeout, 'next'],
  branch: ['cases', 'otherwise'],
  set_field: ['field', 'value', 'next'],
  webhook: ['url', 'url_secret', 'body', 'secret', 'next'],
  message: ['url', 'url_secret', 'text', 'language', 'next'],
  open_call: ['call_kind', 'severity', ...deed, 'next'],
  plan: ['template', 'next'],
  confirm_plan: ['next'],
  playbook: ['playbook', 'wait', 'next'],
  end: ['outcome'],
};

/** What this step, as it is set, has no use for: a task that is not waited for cannot time out. */
function unused(step: Step): Field[] {
  const noTimeout = (step.timeout_days ?? 0) === 0;
  switch (step.kind) {
    case 'task':
      if (!step.wait) return ['skipped', ...timeout];
      return noTimeout ? timeout : [];
    case 'approval':
      return noTimeout ? timeout : [];
    case 'wait':
      if (step.until_field !== undefined) return ['timeout_days'];
      if (step.until_condition !== undefined) return ['days_after', ...(noTimeout ? timeout : [])];
      return ['days_after', ...timeout];
    default:
      return [];
  }
}

export function tidyStep(step: Step): Step {
  const known = new Set<string>(['key', 'kind', 'name', ...fieldsOf[step.kind]]);
  for (const field of unused(step)) known.delete(field);
  return Object.fromEntries(
    Object.entries(step).filter(([field, value]) => known.has(field) && value !== undefined && value !== ''),
  ) as unknown as Step;
}

const startFields: Record<Start['on'], readonly (keyof Start)[]> = {
  manual: [],
  call: [],
  segment: ['segment'],
  change: ['field', 'to'],
  schedule: ['every', 'weekday', 'day_of_month', 'minute_of_day'],
};

function tidyStart(start: Start): Start {
  const known = new Set<string>(['on', 'condition', ...startFields[start.on]]);
  return Object.fromEntries(
    Object.entries(start).filter(([field, value]) => known.has(field) && value !== undefined && value !== null),
  ) as unknown as Start;
}

export function tidy(body: PlaybookBody): PlaybookBody {
  return { ...body, start: tidyStart(body.start), steps: body.steps.map(tidyStep) };
}

/** Members that a stored body may lack because they are as usual. */
export function withDefaults(body: Partial<PlaybookBody>): PlaybookBody {
  return {
    name: { ja: '', en: '' },
    description: { ja: '', en: '' },
    purpose: 'lifecycle',
    start: { on: 'manual' },
    goal: null,
    exit: null,
    holdout_percent: 0,
    holdout_days: 90,
    reentry_days: null,
    longest_days: 365,
    steps: [],
    ...body,
  };
}

/** Equal whatever the order of the members. */
export function sameBody(a: PlaybookBody, b: PlaybookBody): boolean {
  return canonical(tidy(a)) === canonical(tidy(b));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'id' || part === null) return undefined;
    if (typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
