/** Every page, for the screenshots and for the check of accessibility. A new page is a new line. */
export interface PageToVisit {
  name: string;
  /** The address, or how to find one (an account that exists). */
  path: string;
  /** Before anybody is signed in. */
  signedOut?: boolean;
}

export const pagesToVisit: PageToVisit[] = [
  { name: 'login', path: '/login', signedOut: true },
  { name: 'home', path: '/' },
  { name: 'book', path: '/book' },
  { name: 'import', path: '/import' },
  { name: 'settings-profile', path: '/settings/profile' },
  { name: 'settings-users', path: '/settings/users' },
  { name: 'settings-workspace', path: '/settings/workspace' },
  { name: 'not-found', path: '/no-such-page' },
];
