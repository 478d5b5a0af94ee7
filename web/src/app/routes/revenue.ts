// The pages of revenue.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { executiveSearch, explorerSearch, mendSearch, rulesSearch } from '../../features/revenue/search';
import { cohortsSearch, economicsSearch, survivalSearch } from '../../features/revenue/statistics/search';
import { shell } from './root';

const revenue = createRoute({ getParentRoute: () => shell, path: '/revenue' });

const revenueExecutive = createRoute({
  getParentRoute: () => revenue,
  path: '/',
  validateSearch: executiveSearch,
  component: lazyRouteComponent(() => import('../../features/revenue/executive/ExecutivePage'), 'ExecutivePage'),
});

const revenueExplorer = createRoute({
  getParentRoute: () => revenue,
  path: 'explorer',
  validateSearch: explorerSearch,
  component: lazyRouteComponent(() => import('../../features/revenue/explorer/ExplorerPage'), 'ExplorerPage'),
});

const revenueCohorts = createRoute({
  getParentRoute: () => revenue,
  path: 'cohorts',
  validateSearch: cohortsSearch,
  component: lazyRouteComponent(() => import('../../features/revenue/cohorts/CohortsPage'), 'CohortsPage'),
});

const revenueSurvival = createRoute({
  getParentRoute: () => revenue,
  path: 'survival',
  validateSearch: survivalSearch,
  component: lazyRouteComponent(() => import('../../features/revenue/survival/SurvivalPage'), 'SurvivalPage'),
});

const revenueEconomics = createRoute({
  getParentRoute: () => revenue,
  path: 'economics',
  validateSearch: economicsSearch,
  component: lazyRouteComponent(() => import('../../features/revenue/economics/EconomicsPage'), 'EconomicsPage'),
});

const revenueGoals = createRoute({
  getParentRoute: () => revenue,
  path: 'goals',
  component: lazyRouteComponent(() => import('../../features/revenue/goals/GoalsPage'), 'GoalsPage'),
});

const revenueRules = createRoute({
  getParentRoute: () => revenue,
  path: 'rules',
  validateSearch: rulesSearch,
  component: lazyRouteComponent(() => import('../../features/revenue/rules/RulesPage'), 'RulesPage'),
});

const revenueRuleSet = createRoute({
  getParentRoute: () => revenue,
  path: 'rules/$key',
  component: lazyRouteComponent(() => import('../../features/revenue/rules/RuleSetPage'), 'RuleSetPage'),
});

const revenueMend = createRoute({
  getParentRoute: () => revenue,
  path: 'mend',
  validateSearch: mendSearch,
  component: lazyRouteComponent(() => import('../../features/revenue/mend/MendPage'), 'MendPage'),
});

export const revenueRoutes = revenue.addChildren([
  revenueExecutive,
  revenueExplorer,
  revenueCohorts,
  revenueSurvival,
  revenueEconomics,
  revenueGoals,
  revenueRules,
  revenueRuleSet,
  revenueMend,
]);
