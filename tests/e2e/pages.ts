import type { APIRequestContext } from '@playwright/test';

/** Every page of the demo, for the screenshots and for the check of accessibility. A new page is a new line. */
export interface PageToVisit {
  name: string;
  /** The address, or how to find one in the demo (an account that exists). */
  path: string | ((request: APIRequestContext) => Promise<string>);
  /** Before anybody is signed in. */
  signedOut?: boolean;
}

/** The account that a CSM would look at first: the lowest score. */
async function worstAccount(request: APIRequestContext): Promise<string> {
  const response = await request.get('/api/book?limit=1&sort=score');
  const { items } = (await response.json()) as { items: { id: number }[] };
  return `/accounts/${items[0]!.id}`;
}

export const pagesToVisit: PageToVisit[] = [
  { name: 'login', path: '/login', signedOut: true },
  { name: 'home', path: '/' },
  { name: 'book', path: '/book' },
  { name: 'account', path: worstAccount },
  { name: 'import', path: '/import' },
  { name: 'import-new', path: '/import/new' },
  { name: 'settings-profile', path: '/settings/profile' },
  { name: 'settings-scorecards', path: '/settings/scorecards' },
  { name: 'settings-measures', path: '/settings/measures' },
  { name: 'settings-evaluation', path: '/settings/evaluation' },
  { name: 'settings-attributes', path: '/settings/attributes' },
  { name: 'settings-features', path: '/settings/features' },
  { name: 'settings-sources', path: '/settings/sources' },
  { name: 'settings-users', path: '/settings/users' },
  { name: 'settings-workspace', path: '/settings/workspace' },
  { name: 'not-found', path: '/no-such-page' },
];

export async function addressOf({ path }: PageToVisit, request: APIRequestContext): Promise<string> {
  return typeof path === 'string' ? path : path(request);
}
