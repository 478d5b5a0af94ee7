// The customers: the first page, the book, one account, segments, journeys and renewals.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { bookSearch } from '../../features/book/search';
import { accountSearch } from '../../features/account/search';
import { homeSearch } from '../../features/home/search';
import { journeySearch } from '../../features/journeys/search';
import { planSearch, plansSearch, planTemplateSearch } from '../../features/plans/search';
import { renewalSearch } from '../../features/renewals/search';
import { newSegmentSearch, segmentSearch } from '../../features/segments/search';
import { shell } from './root';

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: homeSearch,
  component: lazyRouteComponent(() => import('../../features/home/HomePage'), 'HomePage'),
});

const book = createRoute({
  getParentRoute: () => shell,
  path: '/book',
  validateSearch: bookSearch,
  component: lazyRouteComponent(() => import('../../features/book/BookPage'), 'BookPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/accounts/$accountId',
  validateSearch: accountSearch,
  component: lazyRouteComponent(() => import('../../features/account/AccountPage'), 'AccountPage'),
});

const segments = createRoute({
  getParentRoute: () => shell,
  path: '/segments',
  component: lazyRouteComponent(() => import('../../features/segments/SegmentsPage'), 'SegmentsPage'),
});

const newSegment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/new',
  validateSearch: newSegmentSearch,
  component: lazyRouteComponent(() => import('../../features/segments/NewSegmentPage'), 'NewSegmentPage'),
});

const segment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/$key',
  validateSearch: segmentSearch,
  component: lazyRouteComponent(() => import('../../features/segments/SegmentPage'), 'SegmentPage'),
});

const journeys = createRoute({
  getParentRoute: () => shell,
  path: '/journeys',
  component: lazyRouteComponent(() => import('../../features/journeys/JourneysPage'), 'JourneysPage'),
});

const newJourney = createRoute({
  getParentRoute: () => shell,
  path: '/journeys/new',
  component: lazyRouteComponent(() => import('../../features/journeys/NewJourneyPage'), 'NewJourneyPage'),
});

const journey = createRoute({
  getParentRoute: () => shell,
  path: '/journeys/$key',
  validateSearch: journeySearch,
  component: lazyRouteComponent(() => import('../../features/journeys/JourneyPage'), 'JourneyPage'),
});

const plans = createRoute({
  getParentRoute: () => shell,
  path: '/plans',
  validateSearch: plansSearch,
  component: lazyRouteComponent(() => import('../../features/plans/PlansPage'), 'PlansPage'),
});

const plan = createRoute({
  getParentRoute: () => shell,
  path: '/plans/$planId',
  validateSearch: planSearch,
  component: lazyRouteComponent(() => import('../../features/plans/PlanPage'), 'PlanPage'),
});

const planTemplates = createRoute({
  getParentRoute: () => shell,
  path: '/plans/templates',
  component: lazyRouteComponent(() => import('../../features/plans/templates/TemplatesPage'), 'TemplatesPage'),
});

const planTemplate = createRoute({
  getParentRoute: () => shell,
  path: '/plans/templates/$key',
  validateSearch: planTemplateSearch,
  component: lazyRouteComponent(() => import('../../features/plans/templates/TemplatePage'), 'TemplatePage'),
});

const renewals = createRoute({
  getParentRoute: () => shell,
  path: '/renewals',
  validateSearch: renewalSearch,
  component: lazyRouteComponent(() => import('../../features/renewals/RenewalsPage'), 'RenewalsPage'),
});

export const customersRoutes = [
  home,
  book,
  account,
  segments,
  newSegment,
  segment,
  journeys,
  newJourney,
  journey,
  plans,
  plan,
  planTemplates,
  planTemplate,
  renewals,
] as const;
