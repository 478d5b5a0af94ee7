// What the endpoints of one account answer (api/customers.yaml, revenue.yaml, usage.yaml, health.yaml).
import type { Day } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { TwoLanguages } from '../../lib/language';

export interface Named {
  id: number;
  name: string;
}

export interface List<Item> {
  items: Item[];
  total: number;
}

export type AttributeValue = string | number | boolean | MoneyAmount | null;

export interface Account {
  id: number;
  external_id: string;
  name: string;
  reading: string | null;
  domains: string[];
  parent: Named | null;
  children: Named[];
  phase: string | null;
  /** Without an id where an import named somebody who is no user of Banso. */
  owner: { id: number | null; name: string } | null;
  industry: string | null;
  size: string | null;
  region: string | null;
  country: string | null;
  plan: string | null;
  created_day: Day | null;
  attributes: Record<string, AttributeValue>;
  known_since: string | null;
  version_id: number;
}

export interface AttributeDefinition {
  key: string;
  name: TwoLanguages;
  type: 'text' | 'number' | 'date' | 'yes_no' | 'choice' | 'money';
  choices: { value: string; label: TwoLanguages }[];
  currency: string | null;
  /** Kept by this part of the product: nobody writes it by hand. */
  managed_by: string | null;
}

export const contactRoles = ['champion', 'executive_sponsor', 'decision_maker', 'admin', 'user'] as const;
export type ContactRole = (typeof contactRoles)[number];
export type ConsentState = 'given' | 'withdrawn' | 'unknown';

export interface Contact {
  id: number;
  external_id: string | null;
  name: string;
  reading: string | null;
  email: string | null;
  title: string | null;
  department: string | null;
  language: string | null;
  roles: ContactRole[];
  accounts: Named[];
  first_day: Day | null;
  left_day: Day | null;
  consent: { state: ConsentState; proof: string | null; at: string | null };
  last_active_day: Day | null;
}

/** Of the last 12 weeks. */
export interface DepartmentUse {
  /** Null: no department on record. */
  department: string | null;
  known: number;
  people: number;
  features: number;
  last_used: Day | null;
}

export type TicketStatus = 'open' | 'pending' | 'closed';
export type TicketPriority = 'low' | 'normal' | 'high' | 'urgent';

export interface Ticket {
  id: number;
  external_id: string;
  subject: string;
  status: TicketStatus;
  priority: TicketPriority;
  opened_at: string;
  closed_at: string | null;
  category: string | null;
  requester: string | null;
}

export interface SurveyAnswer {
  id: number;
  kind: 'nps' | 'csat' | 'ces' | 'other';
  score: number;
  scale_max: number;
  comment: string | null;
  contact: string | null;
  answered_at: string;
}

export interface Attendance {
  id: number;
  kind: 'content' | 'event' | 'community';
  title: string;
  contact: string | null;
  day: Day;
}

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

export interface RecordChange {
  version_id: number;
  entity: string;
  entity_id: number;
  known_at: string;
  recorded_at: string;
  actor_name: string;
  why: string | null;
  import_id: number | null;
  undoes_import_id?: number | null;
  deleted?: boolean;
  changes: FieldChange[];
}

export const interactionKinds = ['note', 'meeting', 'call', 'mail'] as const;
export type InteractionKind = (typeof interactionKinds)[number];
export const timelineKinds = [
  'meeting',
  'call',
  'mail',
  'note',
  'ticket',
  'survey',
  'attendance',
  'contract',
  'level',
  'phase',
  'change',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export interface TimelineEntry {
  kind: TimelineKind;
  id: number;
  at: string;
  whole_day: boolean;
  title: string;
  body: string | null;
  who: string | null;
  detail: {
    participants?: string[];
    contact_ids?: number[];
    changes?: FieldChange[];
    [key: string]: unknown;
  };
}

export interface FeatureUse {
  key: string;
  name: TwoLanguages;
  module: string | null;
  events: number;
  users: number;
  last_day: Day | null;
  /** Events of the last 28 days against the 28 before: 0.12 is 12% more; null where there was nothing before. */
  trend: number | null;
}

export interface Usage {
  days: Day[];
  active_users: number[];
  active_users_28d: number[];
  events: number[];
  features: FeatureUse[];
  seats: number | null;
}

export interface PersonUse {
  user_key: string;
  name: string | null;
  email: string | null;
  contact_id: number | null;
  events_28d: number;
  days_active_28d: number;
  features_28d: number;
  last_active_at: string | null;
  first_seen_at: string | null;
}

export interface EventRow {
  at: string;
  received_at: string;
  event: string;
  kind?: string;
  user_key: string;
  properties: unknown;
  source: string | null;
}
