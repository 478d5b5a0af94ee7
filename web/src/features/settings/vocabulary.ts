// What can be combined, as src/engine/definitions.cpp says: the editor offers nothing that would be refused.
export const sources = [
  'usage',
  'tickets',
  'surveys',
  'interactions',
  'attendance',
  'contacts',
  'subscriptions',
  'attribute',
  'account',
  'measures',
] as const;
export type Source = (typeof sources)[number];

export const aggregatesOf: Record<Source, readonly string[]> = {
  usage: ['people', 'events', 'days_active', 'features', 'modules', 'days_since_latest'],
  tickets: ['count', 'closed', 'open', 'open_mean_age', 'open_oldest_age', 'days_since_latest'],
  surveys: ['latest', 'mean', 'net_promoter', 'satisfied_share', 'count', 'days_since_latest'],
  interactions: ['days_since_latest', 'count', 'roles'],
  attendance: ['count', 'days_since_latest'],
  contacts: ['present', 'active', 'left'],
  subscriptions: ['seats', 'mrr', 'count', 'days_to_renewal'],
  attribute: ['value'],
  account: ['age'],
  measures: ['expression', 'ratio', 'sum', 'mean', 'minimum', 'maximum'],
};

const windowed: Partial<Record<Source, readonly string[]>> = {
  usage: ['people', 'events', 'days_active', 'features', 'modules'],
  tickets: ['count', 'closed'],
  surveys: ['latest', 'mean', 'net_promoter', 'satisfied_share', 'count'],
  interactions: ['count', 'roles'],
  attendance: ['count'],
  contacts: ['active', 'left'],
};

/** Whether it looks back over a window. */
export function isWindowed(source: string, aggregate: string): boolean {
  return windowed[source as Source]?.includes(aggregate) ?? false;
}

export const units = ['count', 'people', 'events', 'days', 'features', 'percent', 'ratio', 'score', 'money'] as const;
export const betters = ['higher', 'lower', 'neither'] as const;
export const divisors = ['nothing', 'seats', 'active_people', 'unfiltered', 'thirty_days'] as const;
export const comparisons = ['nothing', 'previous_window', 'last_year'] as const;
export const changes = ['percent', 'difference'] as const;
export const surveyKinds = ['nps', 'csat', 'ces', 'other'] as const;
export const interactionKinds = ['meeting', 'call', 'mail', 'note'] as const;
export const attendanceKinds = ['content', 'event', 'community'] as const;
export const contactRoles = ['champion', 'executive_sponsor', 'decision_maker', 'admin', 'user'] as const;

export function kindsOf(source: string): readonly string[] {
  if (source === 'surveys') return surveyKinds;
  if (source === 'interactions') return interactionKinds;
  return source === 'attendance' ? attendanceKinds : [];
}
