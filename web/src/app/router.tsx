// Every address of the app. A page is fetched when it is first visited; what its address may carry is declared here.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { bookSearch } from '../features/book/search';
import { catalogueSearch } from '../features/catalogue/search';
import { accountSearch } from '../features/account/search';
import { homeSearch } from '../features/home/search';
import { isSignedIn, sessionQuery } from '../features/identity/session';
import { importSearch, newImportSearch } from '../features/import/search';
import { intakeSearch } from '../features/intake/search';
import { labSearch } from '../features/lab/search';
import { executiveSearch, explorerSearch, mendSearch, rulesSearch } from '../features/revenue/search';
import { cohortsSearch, economicsSearch, survivalSearch } from '../features/revenue/statistics/search';
import { renewalSearch } from '../features/renewals/search';
import { newSegmentSearch, segmentSearch } from '../features/segments/search';
import { dayParam, searchParams, textParam } from '../lib/search-params';
import { NotFound, RouteError } from './FallbackPages';
import { PageSkeleton } from './PageSkeleton';
import { SettingsLayout } from './SettingsLayout';
import { Shell } from './shell/Shell';

interface RouterContext {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: RouteError,
});

/** Only paths of this app: an address from elsewhere must not lead people away after they log in. */
function safeNext(next: string | undefined): string {
  return next && next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

const loginSearch = searchParams({ next: textParam(2000) });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: loginSearch,
  beforeLoad: async ({ context, search }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session.state === 'setup_needed') throw redirect({ to: '/setup' });
    if (isSignedIn(session)) throw redirect({ href: safeNext(search.next) });
  },
  component: lazyRouteComponent(() => import('../features/identity/LoginPage'), 'LoginPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session.state !== 'setup_needed') throw redirect({ to: '/' });
  },
  component: lazyRouteComponent(() => import('../features/identity/SetupPage'), 'SetupPage'),
});

/** Everything behind the log-in. "As known on" stays in the address from page to page. */
const shell = createRoute({
  getParentRoute: () => root,
  id: '_shell',
  validateSearch: searchParams({ asOf: dayParam() }),
  search: { middlewares: [retainSearchParams(['asOf'])] },
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session.state === 'setup_needed') throw redirect({ to: '/setup' });
    if (!isSignedIn(session))
      throw redirect({ to: '/login', search: { next: location.href === '/' ? undefined : location.href } });
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: homeSearch,
  component: lazyRouteComponent(() => import('../features/home/HomePage'), 'HomePage'),
});

const book = createRoute({
  getParentRoute: () => shell,
  path: '/book',
  validateSearch: bookSearch,
  component: lazyRouteComponent(() => import('../features/book/BookPage'), 'BookPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/accounts/$accountId',
  validateSearch: accountSearch,
  component: lazyRouteComponent(() => import('../features/account/AccountPage'), 'AccountPage'),
});

const importPage = createRoute({
  getParentRoute: () => shell,
  path: '/import',
  component: lazyRouteComponent(() => import('../features/import/ImportPage'), 'ImportPage'),
});

const newImport = createRoute({
  getParentRoute: () => shell,
  path: '/import/new',
  validateSearch: newImportSearch,
  component: lazyRouteComponent(() => import('../features/import/NewImportPage'), 'NewImportPage'),
});

const oneImport = createRoute({
  getParentRoute: () => shell,
  path: '/import/$importId',
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('../features/import/ImportDetailPage'), 'ImportDetailPage'),
});

const intake = createRoute({
  getParentRoute: () => shell,
  path: '/intake',
  validateSearch: intakeSearch,
  component: lazyRouteComponent(() => import('../features/intake/IntakePage'), 'IntakePage'),
});

const catalogue = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue',
  validateSearch: catalogueSearch,
  component: lazyRouteComponent(() => import('../features/catalogue/CataloguePage'), 'CataloguePage'),
});

const renewals = createRoute({
  getParentRoute: () => shell,
  path: '/renewals',
  validateSearch: renewalSearch,
  component: lazyRouteComponent(() => import('../features/renewals/RenewalsPage'), 'RenewalsPage'),
});

const segments = createRoute({
  getParentRoute: () => shell,
  path: '/segments',
  component: lazyRouteComponent(() => import('../features/segments/SegmentsPage'), 'SegmentsPage'),
});

const newSegment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/new',
  validateSearch: newSegmentSearch,
  component: lazyRouteComponent(() => import('../features/segments/NewSegmentPage'), 'NewSegmentPage'),
});

const segment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/$key',
  validateSearch: segmentSearch,
  component: lazyRouteComponent(() => import('../features/segments/SegmentPage'), 'SegmentPage'),
});

const lab = createRoute({
  getParentRoute: () => shell,
  path: '/lab',
  validateSearch: labSearch,
  component: lazyRouteComponent(() => import('../features/lab/LabPage'), 'LabPage'),
});

const revenue = createRoute({ getParentRoute: () => shell, path: '/revenue' });

const revenueExecutive = createRoute({
  getParentRoute: () => revenue,
  path: '/',
  validateSearch: executiveSearch,
  component: lazyRouteComponent(() => import('../features/revenue/executive/ExecutivePage'), 'ExecutivePage'),
});

const revenueExplorer = createRoute({
  getParentRoute: () => revenue,
  path: 'explorer',
  validateSearch: explorerSearch,
  component: lazyRouteComponent(() => import('../features/revenue/explorer/ExplorerPage'), 'ExplorerPage'),
});

const revenueCohorts = createRoute({
  getParentRoute: () => revenue,
  path: 'cohorts',
  validateSearch: cohortsSearch,
  component: lazyRouteComponent(() => import('../features/revenue/cohorts/CohortsPage'), 'CohortsPage'),
});

const revenueSurvival = createRoute({
  getParentRoute: () => revenue,
  path: 'survival',
  validateSearch: survivalSearch,
  component: lazyRouteComponent(() => import('../features/revenue/survival/SurvivalPage'), 'SurvivalPage'),
});

const revenueEconomics = createRoute({
  getParentRoute: () => revenue,
  path: 'economics',
  validateSearch: economicsSearch,
  component: lazyRouteComponent(() => import('../features/revenue/economics/EconomicsPage'), 'EconomicsPage'),
});

const revenueGoals = createRoute({
  getParentRoute: () => revenue,
  path: 'goals',
  component: lazyRouteComponent(() => import('../features/revenue/goals/GoalsPage'), 'GoalsPage'),
});

const revenueRules = createRoute({
  getParentRoute: () => revenue,
  path: 'rules',
  validateSearch: rulesSearch,
  component: lazyRouteComponent(() => import('../features/revenue/rules/RulesPage'), 'RulesPage'),
});

const revenueRuleSet = createRoute({
  getParentRoute: () => revenue,
  path: 'rules/$key',
  component: lazyRouteComponent(() => import('../features/revenue/rules/RuleSetPage'), 'RuleSetPage'),
});

const revenueMend = createRoute({
  getParentRoute: () => revenue,
  path: 'mend',
  validateSearch: mendSearch,
  component: lazyRouteComponent(() => import('../features/revenue/mend/MendPage'), 'MendPage'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: SettingsLayout,
});

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile' });
  },
});

const profile = createRoute({
  getParentRoute: () => settings,
  path: 'profile',
  component: lazyRouteComponent(() => import('../features/identity/ProfilePage'), 'ProfilePage'),
});

const users = createRoute({
  getParentRoute: () => settings,
  path: 'users',
  validateSearch: searchParams({ panel: textParam(80) }),
  component: lazyRouteComponent(() => import('../features/identity/UsersPage'), 'UsersPage'),
});

const workspace = createRoute({
  getParentRoute: () => settings,
  path: 'workspace',
  component: lazyRouteComponent(() => import('../features/identity/WorkspacePage'), 'WorkspacePage'),
});

const attributes = createRoute({
  getParentRoute: () => settings,
  path: 'attributes',
  validateSearch: searchParams({ panel: textParam(80) }),
  component: lazyRouteComponent(() => import('../features/settings/AttributesPage'), 'AttributesPage'),
});

const measures = createRoute({
  getParentRoute: () => settings,
  path: 'measures',
  validateSearch: searchParams({ q: textParam(100) }),
  component: lazyRouteComponent(() => import('../features/settings/MeasuresPage'), 'MeasuresPage'),
});

const measure = createRoute({
  getParentRoute: () => settings,
  path: 'measures/$key',
  component: lazyRouteComponent(() => import('../features/settings/MeasurePage'), 'MeasurePage'),
});

const scorecards = createRoute({
  getParentRoute: () => settings,
  path: 'scorecards',
  component: lazyRouteComponent(() => import('../features/settings/ScorecardsPage'), 'ScorecardsPage'),
});

const scorecard = createRoute({
  getParentRoute: () => settings,
  path: 'scorecards/$key',
  component: lazyRouteComponent(() => import('../features/settings/ScorecardPage'), 'ScorecardPage'),
});

const renewalSettings = createRoute({
  getParentRoute: () => settings,
  path: 'renewals',
  component: lazyRouteComponent(() => import('../features/renewals/RenewalSettingsPage'), 'RenewalSettingsPage'),
});

/** Where these pages were before they moved out of the settings; links and bookmarks go on working. */
const features = createRoute({
  getParentRoute: () => settings,
  path: 'features',
  beforeLoad: () => {
    throw redirect({ to: '/catalogue' });
  },
});

const sources = createRoute({
  getParentRoute: () => settings,
  path: 'sources',
  beforeLoad: () => {
    throw redirect({ to: '/intake' });
  },
});

const evaluation = createRoute({
  getParentRoute: () => settings,
  path: 'evaluation',
  component: lazyRouteComponent(() => import('../features/settings/EvaluationPage'), 'EvaluationPage'),
});

/** An unknown address keeps the rail and the palette, so that one can go on from there. */
const unknown = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound });

const routeTree = root.addChildren([
  login,
  setup,
  shell.addChildren([
    home,
    book,
    account,
    importPage,
    newImport,
    oneImport,
    intake,
    catalogue,
    renewals,
    segments,
    newSegment,
    segment,
    lab,
    revenue.addChildren([
      revenueExecutive,
      revenueExplorer,
      revenueCohorts,
      revenueSurvival,
      revenueEconomics,
      revenueGoals,
      revenueRules,
      revenueRuleSet,
      revenueMend,
    ]),
    unknown,
    settings.addChildren([
      settingsIndex,
      profile,
      attributes,
      measures,
      measure,
      scorecards,
      scorecard,
      evaluation,
      renewalSettings,
      features,
      sources,
      users,
      workspace,
    ]),
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    scrollToTopSelectors: ['#content'],
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
