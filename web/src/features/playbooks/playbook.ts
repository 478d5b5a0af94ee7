// A playbook as its definition holds it (kind "playbook"): a graph of steps that one account walks through, one at a
// time. The server reads and checks it in src/engine/workflow.
import type { Condition } from '../../components/filter/condition';
import type { TwoLanguages } from '../../lib/language';

export const stepKinds = [
  'task',
  'approval',
  'email',
  'survey',
  'wait',
  'branch',
  'set_field',
  'webhook',
  'message',
  'open_call',
  'plan',
  'confirm_plan',
  'playbook',
  'end',
] as const;
export type StepKind = (typeof stepKinds)[number];

export interface Case {
  name: TwoLanguages;
  /** Null while nothing was said yet; the server asks for one. */
  condition: Condition | null;
  next: string | null;
}

export interface Recipients {
  /** Of contacts, in the order in which they are looked for. */
  roles: string[];
  at_most: number;
}

/** One step; only what its kind needs is there. `null` as a target: the run ends there. */
export interface Step {
  key: string;
  kind: StepKind;
  name: TwoLanguages;
  next?: string | null;
  role?: string;
  title?: TwoLanguages;
  description?: TwoLanguages;
  due_business_days?: number;
  required?: boolean;
  /** Of a task: until it is done; of a playbook: until the other run ended. */
  wait?: boolean;
  rejected?: string | null;
  skipped?: string | null;
  timeout_days?: number;
  on_timeout?: string | null;
  /** Of a mail; or of a success plan, where absent means the one that fits the account. */
  template?: string;
  survey?: string;
  to?: Recipients;
  sender?: string;
  /** Of a mail or survey: how many of a hundred accounts do not get it, by lot. */
  holdout_percent?: number;
  days?: number;
  business_days?: number;
  until_field?: string;
  days_after?: number;
  /** Null while nothing was said yet. */
  until_condition?: Condition | null;
  cases?: Case[];
  otherwise?: string | null;
  field?: string;
  value?: string;
  url?: string;
  url_secret?: string;
  body?: string;
  secret?: string;
  text?: TwoLanguages;
  language?: string;
  call_kind?: string;
  severity?: string;
  playbook?: string;
  outcome?: string;
}

export const startKinds = ['manual', 'call', 'segment', 'schedule', 'change'] as const;
export type StartOn = (typeof startKinds)[number];

export interface Start {
  on: StartOn;
  segment?: string;
  field?: string;
  to?: string;
  every?: 'day' | 'week' | 'month';
  weekday?: number;
  day_of_month?: number;
  minute_of_day?: number;
  condition?: Condition | null;
}

export const purposes = ['risk', 'opportunity', 'lifecycle', 'renewal', 'adoption', 'other'] as const;

export interface PlaybookBody {
  name: TwoLanguages;
  description: TwoLanguages;
  purpose: string;
  start: Start;
  goal: Condition | null;
  exit: Condition | null;
  holdout_percent: number;
  holdout_days: number;
  /** Null: an account never comes again. */
  reentry_days: number | null;
  longest_days: number;
  /** The first one is where a run begins. */
  steps: Step[];
}
