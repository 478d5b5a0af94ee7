import type { PersonChoice } from '../../api/people';
import type { Condition } from '../../components/filter/condition';
import type { AccountRole } from '../../components/rules/words';
import type { Day } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { TwoLanguages } from '../../lib/language';

export interface Load {
  accounts: number;
  arr: MoneyAmount;
  /** Points; 100 are one person's full workload. */
  effort: number;
}

/** Null is no limit. */
export interface Capacity {
  accounts: number | null;
  arr_minor: number | null;
  effort: number | null;
}

export interface Absence {
  id: number;
  user: PersonChoice;
  from_day: Day;
  /** The first day back. */
  until_day: Day;
  substitute: PersonChoice | null;
  note: string;
}

export interface PersonLoad {
  user: PersonChoice;
  /** Keys. */
  teams: string[];
  load: Load;
  capacity: Capacity;
  share: number | null;
  absence: Absence | null;
  by_model: { key: string | null; name: TwoLanguages; accounts: number; effort: number }[];
  answers_for: PersonChoice[];
}

export interface Workload {
  as_of: Day;
  currency: string;
  items: PersonLoad[];
  unassigned: Load;
}

export interface CountAndArr {
  accounts: number;
  arr: MoneyAmount;
}

export const touches = ['high', 'mixed', 'low', 'tech'] as const;
export type Touch = (typeof touches)[number];

export interface ModelBody {
  name: TwoLanguages;
  description: string;
  touch: Touch;
  rank: number;
  condition: Condition | null;
  expectations: {
    meeting_every_days: number | null;
    accounts_per_csm: number | null;
    effort_weight: number | null;
  };
}

export interface EngagementModel {
  key: string;
  name: TwoLanguages;
  touch: Touch;
  rank: number;
  version: number;
  draft: boolean;
  now: CountAndArr;
  body: ModelBody;
  fault: TwoLanguages | null;
}

export interface AccountLine {
  id: number;
  name: string;
  arr: MoneyAmount;
}

export interface BeforeAndAfter {
  before: CountAndArr;
  after: CountAndArr;
}

export interface ModelPreviewAnswer {
  items: (BeforeAndAfter & { key: string; name: TwoLanguages })[];
  none: BeforeAndAfter;
  moving: number;
  sample: AccountLine[];
}

export const appliesTo = ['unassigned', 'outside', 'all'] as const;
export const sharings = ['capacity', 'round_robin', 'fixed'] as const;

export interface RuleBody {
  name: TwoLanguages;
  description: string;
  condition: Condition | null;
  role: AccountRole;
  applies_to: (typeof appliesTo)[number];
  candidates: { users: number[]; teams: string[] };
  method: (typeof sharings)[number];
  capacity: Capacity;
}

export interface AssignmentRule {
  key: string;
  name: TwoLanguages;
  version: number;
  draft: boolean;
  body: RuleBody;
}

export interface Plan {
  basis: string;
  role: AccountRole;
  matched: number;
  moving: number;
  unplaced: number;
  people: { user: PersonChoice; before: Load; after: Load; capacity: Capacity; gets: number; gives: number }[];
  moves: { account: AccountLine; from: PersonChoice | null; to: PersonChoice | null }[];
  left_out: { user: PersonChoice; why: TwoLanguages }[];
}

export interface Assignment {
  id: number;
  rule: string;
  name: TwoLanguages;
  role: AccountRole;
  state: 'waiting' | 'done' | 'failed' | 'undone';
  moving: number;
  done: number;
  by: PersonChoice | null;
  at: string;
  job_id: number | null;
  why: string;
}

export const handoverStates = ['open', 'completed', 'cancelled'] as const;
export type HandoverState = (typeof handoverStates)[number];

interface HandoverHead {
  id: number;
  from: PersonChoice;
  to: PersonChoice;
  role: AccountRole;
  state: HandoverState;
  due_day: Day | null;
  created_at: string;
  closed_at: string | null;
}

export interface HandoverSummary extends HandoverHead {
  accounts: number;
  items: number;
  items_done: number;
}

export interface Handover extends HandoverHead {
  note: string;
  moved: boolean;
  checklist: { id: number; title: TwoLanguages; done_at: string | null; done_by: PersonChoice | null }[];
  accounts: { account: AccountLine; introduced_at: string | null; note: string }[];
  history: { at: string; by: string; what: TwoLanguages }[];
}

export interface NewHandover {
  from_user_id: number;
  to_user_id: number;
  role: AccountRole;
  accounts: number[];
  note: string;
  due_day: Day | null;
  moves_now: boolean;
  items: TwoLanguages[];
}
