import type { APIRequestContext } from '@playwright/test';
import { connectProduct, csrfHeaders, track } from './intake/product';

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

const productName = 'Webアプリ(本番)';

/** A page of the intake, after a product has sent what a product sends: good calls, unknown groups, and faults. */
function intakeTab(search: string) {
  return async (request: APIRequestContext): Promise<string> => {
    const { sources } = (await (await request.get('/api/intake')).json()) as { sources: { name: string }[] };
    if (!sources.some(({ name }) => name === productName)) await sendSamples(request);
    return `/intake${search}`;
  };
}

async function sendSamples(request: APIRequestContext) {
  const url = new URL((await request.get('/api/session')).url()).origin;
  const { items } = (await (await request.get('/api/book?limit=3')).json()) as { items: { external_id: string }[] };
  const product = await connectProduct(request, url, productName);
  await connectProduct(request, url, 'モバイルアプリ');
  const people = ['tanaka', 'sato', 'suzuki', 'takahashi'];
  const events = ['Report Exported', 'Dashboard Viewed', 'File Uploaded'];
  const groups = [...items.map(({ external_id }) => external_id), 'ACME-2041'];
  await product.send(
    ...Array.from({ length: 40 }, (_, index) =>
      track(people[index % 4]!, events[index % 3]!, groups[index % 4], { format: 'pdf', rows: index * 12 }),
    ),
    { type: 'track', userId: 'tanaka', properties: { rows: 3 } },
    { type: 'track', userId: 'sato', event: 'Report Exported', timestamp: '2020-01-01T00:00:00Z' },
  );
}

async function firstSource(request: APIRequestContext): Promise<string> {
  const page = await intakeTab('')(request);
  const { sources } = (await (await request.get('/api/intake')).json()) as { sources: { id: number; name: string }[] };
  return `${page}?panel=${sources.find(({ name }) => name === productName)!.id}`;
}

async function matchesOfAccount(request: APIRequestContext): Promise<string> {
  const { items } = (await (await request.get('/api/book?limit=1')).json()) as { items: { id: number }[] };
  return intakeTab(`?tab=matches&account=${items[0]!.id}`)(request);
}

/** The panel of the feature that is used most. */
async function mostUsedFeature(request: APIRequestContext): Promise<string> {
  const { items } = (await (await request.get('/api/features')).json()) as { items: { id: number; events: number }[] };
  return `/catalogue?panel=${items.toSorted((a, b) => b.events - a.events)[0]!.id}`;
}

/** A page of the segments, with two of them there. */
function segmentPage(search: string) {
  return async (request: APIRequestContext): Promise<string> => {
    const rule = (field: string, operator: string, value: unknown) => ({ combinator: 'and', rules: [{ field, operator, value }] });
    const bodies = {
      needs_attention: { name: { ja: '要注意の顧客', en: 'Needs attention' }, description: '', condition: rule('score', '<', 65) },
      renewing_soon: {
        name: { ja: '90日以内に更新', en: 'Renewing within 90 days' },
        description: '',
        condition: rule('renewal_day', 'withinDays', { days: 90, direction: 'next' }),
      },
    };
    const { items } = (await (await request.get('/api/segments')).json()) as { items: { key: string }[] };
    const headers = await csrfHeaders(request);
    for (const [key, data] of Object.entries(bodies)) {
      if (items.some((item) => item.key === key)) continue;
      await request.put(`/api/definitions/segment/${key}/draft`, { data, headers });
      await request.post(`/api/definitions/segment/${key}/publish`, { data: { why: '最初の版' }, headers });
    }
    return `/segments${search}`;
  };
}

/** The accounts behind a movement of the running quarter. */
function thisQuarterOf(kind: string) {
  return async (request: APIRequestContext): Promise<string> => {
    const { goals_quarter: quarter } = (await (await request.get('/api/revenue/executive')).json()) as { goals_quarter: string };
    return `/revenue?span=quarter&panel=${kind}~quarter~${quarter}~${quarter}`;
  };
}

/** The largest renewal that is still open. */
async function firstRenewal(request: APIRequestContext): Promise<string> {
  const open = JSON.stringify({ combinator: 'and', rules: [{ field: 'outcome', operator: '=', value: 'open' }] });
  const { items } = (await (await request.get(`/api/renewals?limit=1&sort=-arr&filter=${encodeURIComponent(open)}`)).json()) as { items: { id: string }[] };
  return `/renewals?panel=${items[0]!.id}`;
}

export const pagesToVisit: PageToVisit[] = [
  { name: 'login', path: '/login', signedOut: true },
  { name: 'home', path: '/' },
  { name: 'book', path: '/book' },
  { name: 'account', path: worstAccount },
  { name: 'account-as-shown', path: async (request) => `${await worstAccount(request)}?beside=shown` },
  { name: 'account-contracts', path: async (request) => `${await worstAccount(request)}?tab=contracts` },
  { name: 'segments', path: segmentPage('') },
  { name: 'segments-members', path: segmentPage('/needs_attention') },
  { name: 'segments-history', path: segmentPage('/needs_attention?tab=history') },
  { name: 'segments-definition', path: segmentPage('/needs_attention?tab=definition') },
  { name: 'renewals', path: '/renewals' },
  { name: 'renewals-panel', path: firstRenewal },
  { name: 'renewals-board', path: '/renewals?room=board' },
  { name: 'renewals-months', path: '/renewals?room=board&by=month' },
  { name: 'renewals-changes', path: '/renewals?room=changes' },
  { name: 'renewals-opportunities', path: '/renewals?room=opportunities' },
  { name: 'renewals-books', path: '/renewals?room=books' },
  { name: 'renewals-rates', path: '/renewals?room=rates' },
  { name: 'renewals-rates-quarters', path: '/renewals?room=rates&grain=quarter&span=three' },
  { name: 'import', path: '/import' },
  { name: 'import-new', path: '/import/new' },
  { name: 'intake', path: intakeTab('') },
  { name: 'intake-source', path: firstSource },
  { name: 'intake-latest', path: intakeTab('?tab=latest') },
  { name: 'intake-quarantine', path: intakeTab('?tab=quarantine') },
  { name: 'intake-unmatched', path: intakeTab('?tab=unmatched') },
  { name: 'intake-matches', path: matchesOfAccount },
  { name: 'catalogue', path: '/catalogue' },
  { name: 'catalogue-feature', path: mostUsedFeature },
  { name: 'lab', path: '/lab' },
  { name: 'revenue', path: '/revenue' },
  { name: 'revenue-accounts', path: thisQuarterOf('new') },
  { name: 'revenue-explorer', path: '/revenue/explorer' },
  { name: 'revenue-explorer-by', path: '/revenue/explorer?by=plan&figure=nrr_12' },
  { name: 'revenue-cohorts', path: '/revenue/cohorts' },
  { name: 'revenue-cohorts-mrr', path: '/revenue/cohorts?measure=mrr&grain=month' },
  { name: 'revenue-survival', path: '/revenue/survival?by=plan' },
  { name: 'revenue-economics', path: '/revenue/economics' },
  { name: 'revenue-costs', path: '/revenue/economics?tab=costs' },
  { name: 'revenue-goals', path: '/revenue/goals' },
  { name: 'revenue-rules', path: '/revenue/rules' },
  { name: 'revenue-rule-set', path: '/revenue/rules/banso' },
  { name: 'revenue-mend', path: '/revenue/mend' },
  { name: 'revenue-months', path: '/revenue/mend?tab=months' },
  { name: 'revenue-rates', path: '/revenue/mend?tab=rates' },
  { name: 'lab-shadow', path: '/lab?tab=shadow' },
  { name: 'settings-profile', path: '/settings/profile' },
  { name: 'settings-scorecards', path: '/settings/scorecards' },
  { name: 'settings-scorecard', path: '/settings/scorecards/health' },
  { name: 'settings-measures', path: '/settings/measures' },
  { name: 'settings-measure-new', path: '/settings/measures/new' },
  { name: 'settings-evaluation', path: '/settings/evaluation' },
  { name: 'settings-attributes', path: '/settings/attributes' },
  { name: 'settings-renewals', path: '/settings/renewals' },
  { name: 'settings-users', path: '/settings/users' },
  { name: 'settings-workspace', path: '/settings/workspace' },
  { name: 'not-found', path: '/no-such-page' },
];

export async function addressOf({ path }: PageToVisit, request: APIRequestContext): Promise<string> {
  return typeof path === 'string' ? path : path(request);
}
