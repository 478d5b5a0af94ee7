/** Currencies that sums can be reported in, the most likely first. */
export const currencies = [
  'JPY',
  'USD',
  'EUR',
  'GBP',
  'AUD',
  'CAD',
  'CHF',
  'CNY',
  'HKD',
  'INR',
  'KRW',
  'NZD',
  'SGD',
  'THB',
  'TWD',
  'VND',
];

export const roles = ['admin', 'leader', 'csm', 'read_only'] as const;

export const minPasswordLength = 10;

/** Every zone the browser knows, with the usual ones of both languages first. */
export function timeZones(): string[] {
  const usual = [
    'Asia/Tokyo',
    'Asia/Singapore',
    'Europe/London',
    'Europe/Berlin',
    'America/New_York',
    'America/Los_Angeles',
    'UTC',
  ];
  return [...new Set([...usual, ...Intl.supportedValuesOf('timeZone')])];
}

export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** January … December / 1月 … 12月 as choices for a select. */
export function monthChoices(language: string) {
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: month.format(new Date(Date.UTC(2026, index, 1))),
  }));
}
