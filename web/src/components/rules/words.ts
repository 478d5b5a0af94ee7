// The words of the trade that signals, playbooks and what they open have in common, in their usual order.
export const callKinds = [
  'risk',
  'opportunity',
  'lifecycle',
  'renewal',
  'data',
  'activity',
  'objective',
  'digital',
] as const;
export type CallKind = (typeof callKinds)[number];

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Who looks after an account in which respect. */
export const accountRoles = ['csm', 'onboarding', 'support', 'renewal_sales', 'marketing', 'product'] as const;
export type AccountRole = (typeof accountRoles)[number];

/** At the customer's. */
export const contactRoles = ['champion', 'executive_sponsor', 'decision_maker', 'admin', 'user'] as const;
export type ContactRole = (typeof contactRoles)[number];
