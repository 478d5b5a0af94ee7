import type { APIRequestContext } from '@playwright/test';
import { connectProduct, csrfHeaders, track } from './intake/product';
import { planToShow } from './plans';
import { defineRescue, startRescue } from './playbooks';
import { asCustomer, sharingRule } from './portal';
import { defineLowScore } from './signals';

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

const bothWords = (ja: string, en: string) => ({ ja, en });

/** Publishes a definition where it is not there yet. */
async function defineOnce(request: APIRequestContext, kind: string, key: string, data: object) {
  const { items } = (await (await request.get(`/api/definitions?kind=${kind}`)).json()) as { items: { key: string }[] };
  if (items.some((item) => item.key === key)) return;
  const headers = await csrfHeaders(request);
  await request.put(`/api/definitions/${kind}/${key}/draft`, { data, headers });
  await request.post(`/api/definitions/${kind}/${key}/publish`, { data: { why: '最初の版' }, headers });
}

/** A page of the journeys, with one of them followed. */
function journeyPage(search: string) {
  return async (request: APIRequestContext): Promise<string> => {
    const rule = (field: string, operator: string, value: unknown) => ({ combinator: 'and', rules: [{ field, operator, value }] });
    await defineOnce(request, 'journey', 'first_year', {
      name: bothWords('初年度のジャーニー', 'The first year'),
      stages: [
        {
          key: 'use',
          name: bothWords('使い始める', 'We start to use it'),
          outcome: bothWords('最初のチームが日々の業務で使っている', 'The first team uses it in its daily work'),
          our_role: 'onboarding',
          milestones: [{ key: 'healthy', name: bothWords('ヘルススコアが60以上', 'Health score of 60 or more'), condition: rule('score', '>=', 60) }],
        },
        {
          key: 'value',
          name: bothWords('成果を確かめる', 'We see what it gave us'),
          feeling: bothWords('誇らしく、人に勧めたい', 'Proud, and glad to recommend it'),
          milestones: [{ key: 'confirmed', name: bothWords('成果を顧客が確認した', 'The customer confirmed the value'), confirmed_by_customer: true }],
        },
      ],
    });
    return `/journeys${search}`;
  };
}

/** A page of the in-app messages, with a checklist. */
function inAppPage(search: string) {
  return async (request: APIRequestContext): Promise<string> => {
    await defineOnce(request, 'in_app_message', 'first_steps', {
      name: bothWords('最初の手順', 'First steps'),
      form: 'checklist',
      title: bothWords('はじめましょう', 'Get started'),
      text: bothWords('3つの手順で準備が整います。', 'Three steps and you are ready.'),
      items: [
        { key: 'invite', label: bothWords('メンバーを招待する', 'Invite your team'), url: '/invite' },
        { key: 'import', label: bothWords('データを取り込む', 'Import your data') },
      ],
    });
    return `/in-app${search}`;
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

/** The panel of the call that matters most; the page alone where there is none. */
async function firstCall(request: APIRequestContext): Promise<string> {
  const { items } = (await (await request.get('/api/calls?scope=all&limit=1')).json()) as { items: { id: number }[] };
  return items[0] ? `/cockpit?scope=all&panel=${items[0].id}` : '/cockpit?scope=all';
}

/** A page of the signals, with one rule published. */
function signalPage(search: string) {
  return async (request: APIRequestContext): Promise<string> => {
    await defineLowScore(request);
    return `/signals${search}`;
  };
}

/** A page of the playbooks, with one published. */
function playbookPage(search: string) {
  return async (request: APIRequestContext): Promise<string> => {
    await defineRescue(request);
    return `/playbooks${search}`;
  };
}

export const pagesToVisit: PageToVisit[] = [
  { name: 'login', path: '/login', signedOut: true },
  { name: 'home', path: '/' },
  { name: 'cockpit', path: '/cockpit?scope=all' },
  { name: 'cockpit-mine', path: '/cockpit' },
  { name: 'cockpit-panel', path: firstCall },
  { name: 'cockpit-board', path: '/cockpit?scope=all&room=board' },
  { name: 'cockpit-calendar', path: '/cockpit?scope=all&room=calendar' },
  { name: 'cockpit-tasks', path: '/cockpit?scope=all&room=tasks' },
  { name: 'book', path: '/book' },
  { name: 'account', path: worstAccount },
  { name: 'account-calls', path: async (request) => `${await worstAccount(request)}?tab=calls` },
  { name: 'account-as-shown', path: async (request) => `${await worstAccount(request)}?beside=shown` },
  { name: 'account-contracts', path: async (request) => `${await worstAccount(request)}?tab=contracts` },
  { name: 'journeys', path: journeyPage('') },
  { name: 'journeys-accounts', path: journeyPage('/first_year') },
  { name: 'journeys-passage', path: journeyPage('/first_year?tab=passage') },
  { name: 'journeys-definition', path: journeyPage('/first_year?tab=definition') },
  { name: 'plans', path: '/plans' },
  { name: 'plan', path: planToShow('') },
  { name: 'plan-actions', path: planToShow('?tab=actions') },
  { name: 'plan-value', path: planToShow('?tab=value') },
  { name: 'plan-goal', path: planToShow('?panel=goal~close') },
  { name: 'plan-templates', path: '/plans/templates' },
  { name: 'in-app', path: inAppPage('') },
  { name: 'in-app-message', path: inAppPage('/first_steps') },
  { name: 'in-app-embed', path: '/in-app?tab=embed' },
  { name: 'segments', path: segmentPage('') },
  { name: 'segments-members', path: segmentPage('/needs_attention') },
  { name: 'segments-history', path: segmentPage('/needs_attention?tab=history') },
  { name: 'segments-definition', path: segmentPage('/needs_attention?tab=definition') },
  { name: 'proof', path: '/proof' },
  { name: 'proof-practice', path: '/proof?room=practice' },
  { name: 'wins', path: '/wins' },
  { name: 'wins-scoreboard', path: '/wins?room=scoreboard' },
  { name: 'wins-rules', path: '/wins?room=rules' },
  { name: 'signals', path: signalPage('') },
  { name: 'signals-held', path: signalPage('?tab=held') },
  { name: 'signals-starters', path: '/signals/starters' },
  { name: 'signals-firings', path: signalPage('/low_score?tab=firings') },
  { name: 'signals-rule', path: signalPage('/low_score?tab=rule') },
  { name: 'outreach', path: '/outreach' },
  { name: 'outreach-mails', path: '/outreach?room=mails' },
  { name: 'outreach-people', path: '/outreach?room=people' },
  { name: 'outreach-surveys', path: '/outreach?room=surveys' },
  { name: 'outreach-inbox', path: '/outreach?room=inbox' },
  { name: 'outreach-new', path: '/outreach/new/mail_template' },
  { name: 'settings-mail', path: '/settings/mail' },
  { name: 'playbooks', path: playbookPage('') },
  { name: 'playbooks-templates', path: '/playbooks/templates' },
  { name: 'playbooks-design', path: playbookPage('/low_score_rescue') },
  { name: 'playbooks-runs', path: playbookPage('/low_score_rescue?tab=runs') },
  { name: 'playbooks-versions', path: playbookPage('/low_score_rescue?tab=versions') },
  { name: 'playbooks-failed', path: '/playbooks?tab=failed' },
  { name: 'run', path: startRescue },
  { name: 'teams', path: '/teams' },
  { name: 'teams-models', path: '/teams?tab=models' },
  { name: 'teams-assignment', path: '/teams?tab=assignment&rule=new_customers' },
  { name: 'teams-handovers', path: '/teams?tab=handovers' },
  { name: 'teams-model', path: '/teams/models/high_touch' },
  { name: 'teams-rule', path: '/teams/rules/new_customers' },
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
  { name: 'settings-portal', path: '/settings/portal' },
  { name: 'settings-portal-sharing', path: sharingRule('/settings/portal?tab=sharing') },
  { name: 'settings-portal-rule', path: sharingRule('/settings/portal/rules/everything') },
  { name: 'settings-portal-documents', path: '/settings/portal?tab=documents' },
  { name: 'settings-portal-audit', path: asCustomer('/settings/portal?tab=audit') },
  { name: 'settings-users', path: '/settings/users' },
  { name: 'settings-workspace', path: '/settings/workspace' },
  { name: 'not-found', path: '/no-such-page' },
  { name: 'portal-log-in', path: '/portal/log-in', signedOut: true },
  { name: 'portal-link', path: '/portal/log-in#token=a-word-that-nobody-sent', signedOut: true },
  { name: 'portal-home', path: asCustomer('/portal') },
  { name: 'portal-plan', path: asCustomer('/portal/plan') },
  { name: 'portal-journey', path: asCustomer('/portal/journey') },
  { name: 'portal-value', path: asCustomer('/portal/value') },
  { name: 'portal-adoption', path: asCustomer('/portal/adoption') },
  { name: 'portal-health', path: asCustomer('/portal/health') },
  { name: 'portal-surveys', path: asCustomer('/portal/surveys') },
  { name: 'portal-tickets', path: asCustomer('/portal/tickets') },
  { name: 'portal-documents', path: asCustomer('/portal/documents') },
  { name: 'portal-people', path: asCustomer('/portal/people') },
  { name: 'portal-more', path: asCustomer('/portal/more') },
];

export async function addressOf({ path }: PageToVisit, request: APIRequestContext): Promise<string> {
  return typeof path === 'string' ? path : path(request);
}
