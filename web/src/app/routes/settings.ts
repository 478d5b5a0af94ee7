// The settings, within a layout of their own.
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { portalSearch } from '../../features/portal/search';
import { searchParams, textParam } from '../../lib/search-params';
import { SettingsLayout } from '../SettingsLayout';
import { shell } from './root';

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
  component: lazyRouteComponent(() => import('../../features/identity/ProfilePage'), 'ProfilePage'),
});

const users = createRoute({
  getParentRoute: () => settings,
  path: 'users',
  validateSearch: searchParams({ panel: textParam(80) }),
  component: lazyRouteComponent(() => import('../../features/identity/UsersPage'), 'UsersPage'),
});

const workspace = createRoute({
  getParentRoute: () => settings,
  path: 'workspace',
  component: lazyRouteComponent(() => import('../../features/identity/WorkspacePage'), 'WorkspacePage'),
});

const attributes = createRoute({
  getParentRoute: () => settings,
  path: 'attributes',
  validateSearch: searchParams({ panel: textParam(80) }),
  component: lazyRouteComponent(() => import('../../features/settings/AttributesPage'), 'AttributesPage'),
});

const measures = createRoute({
  getParentRoute: () => settings,
  path: 'measures',
  validateSearch: searchParams({ q: textParam(100) }),
  component: lazyRouteComponent(() => import('../../features/settings/MeasuresPage'), 'MeasuresPage'),
});

const measure = createRoute({
  getParentRoute: () => settings,
  path: 'measures/$key',
  component: lazyRouteComponent(() => import('../../features/settings/MeasurePage'), 'MeasurePage'),
});

const scorecards = createRoute({
  getParentRoute: () => settings,
  path: 'scorecards',
  component: lazyRouteComponent(() => import('../../features/settings/ScorecardsPage'), 'ScorecardsPage'),
});

const scorecard = createRoute({
  getParentRoute: () => settings,
  path: 'scorecards/$key',
  component: lazyRouteComponent(() => import('../../features/settings/ScorecardPage'), 'ScorecardPage'),
});

const renewalSettings = createRoute({
  getParentRoute: () => settings,
  path: 'renewals',
  component: lazyRouteComponent(() => import('../../features/renewals/RenewalSettingsPage'), 'RenewalSettingsPage'),
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
  component: lazyRouteComponent(() => import('../../features/settings/EvaluationPage'), 'EvaluationPage'),
});

const mailSettings = createRoute({
  getParentRoute: () => settings,
  path: 'mail',
  component: lazyRouteComponent(() => import('../../features/outreach/MailSettingsPage'), 'MailSettingsPage'),
});

const portal = createRoute({
  getParentRoute: () => settings,
  path: 'portal',
  validateSearch: portalSearch,
  component: lazyRouteComponent(() => import('../../features/portal/PortalSettingsPage'), 'PortalSettingsPage'),
});

const portalRule = createRoute({
  getParentRoute: () => settings,
  path: 'portal/rules/$key',
  component: lazyRouteComponent(() => import('../../features/portal/SharingRulePage'), 'SharingRulePage'),
});

export const settingsRoutes = settings.addChildren([
  settingsIndex,
  profile,
  users,
  workspace,
  attributes,
  measures,
  measure,
  scorecards,
  scorecard,
  renewalSettings,
  features,
  sources,
  evaluation,
  mailSettings,
  portal,
  portalRule,
]);
