// From signal to action to proof: the day's work, what opens and carries it out, who does it, and what it brought.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { cockpitSearch } from '../../features/cockpit/search';
import { inAppSearch } from '../../features/in-app/search';
import { teamsSearch } from '../../features/org/search';
import { outreachSearch } from '../../features/outreach/search';
import { proofSearch, proofsSearch } from '../../features/proof/search';
import { playbookSearch, playbooksSearch, runSearch } from '../../features/playbooks/search';
import { newSignalSearch, signalSearch, signalsSearch } from '../../features/signals/search';
import { winsSearch } from '../../features/wins/search';
import { shell } from './root';

const cockpit = createRoute({
  getParentRoute: () => shell,
  path: '/cockpit',
  validateSearch: cockpitSearch,
  component: lazyRouteComponent(() => import('../../features/cockpit/CockpitPage'), 'CockpitPage'),
});

const signals = createRoute({
  getParentRoute: () => shell,
  path: '/signals',
  validateSearch: signalsSearch,
  component: lazyRouteComponent(() => import('../../features/signals/SignalsPage'), 'SignalsPage'),
});

const newSignal = createRoute({
  getParentRoute: () => shell,
  path: '/signals/new',
  validateSearch: newSignalSearch,
  component: lazyRouteComponent(() => import('../../features/signals/NewSignalPage'), 'NewSignalPage'),
});

const starterSignals = createRoute({
  getParentRoute: () => shell,
  path: '/signals/starters',
  component: lazyRouteComponent(() => import('../../features/signals/StartersPage'), 'StartersPage'),
});

const signal = createRoute({
  getParentRoute: () => shell,
  path: '/signals/$key',
  validateSearch: signalSearch,
  component: lazyRouteComponent(() => import('../../features/signals/SignalPage'), 'SignalPage'),
});

const playbooks = createRoute({
  getParentRoute: () => shell,
  path: '/playbooks',
  validateSearch: playbooksSearch,
  component: lazyRouteComponent(() => import('../../features/playbooks/PlaybooksPage'), 'PlaybooksPage'),
});

const playbookTemplates = createRoute({
  getParentRoute: () => shell,
  path: '/playbooks/templates',
  component: lazyRouteComponent(() => import('../../features/playbooks/TemplatesPage'), 'TemplatesPage'),
});

const playbook = createRoute({
  getParentRoute: () => shell,
  path: '/playbooks/$key',
  validateSearch: playbookSearch,
  component: lazyRouteComponent(() => import('../../features/playbooks/PlaybookPage'), 'PlaybookPage'),
});

const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  validateSearch: runSearch,
  component: lazyRouteComponent(() => import('../../features/playbooks/RunPage'), 'RunPage'),
});

const outreach = createRoute({
  getParentRoute: () => shell,
  path: '/outreach',
  validateSearch: outreachSearch,
  component: lazyRouteComponent(() => import('../../features/outreach/OutreachPage'), 'OutreachPage'),
});

const newMailTemplate = createRoute({
  getParentRoute: () => shell,
  path: '/outreach/new/$kind',
  component: lazyRouteComponent(() => import('../../features/outreach/NewTemplatePage'), 'NewTemplatePage'),
});

const mailTemplate = createRoute({
  getParentRoute: () => shell,
  path: '/outreach/$kind/$key',
  component: lazyRouteComponent(() => import('../../features/outreach/TemplatePage'), 'TemplatePage'),
});

const inApp = createRoute({
  getParentRoute: () => shell,
  path: '/in-app',
  validateSearch: inAppSearch,
  component: lazyRouteComponent(() => import('../../features/in-app/InAppPage'), 'InAppPage'),
});

const newInAppMessage = createRoute({
  getParentRoute: () => shell,
  path: '/in-app/new',
  component: lazyRouteComponent(() => import('../../features/in-app/NewMessagePage'), 'NewMessagePage'),
});

const inAppMessage = createRoute({
  getParentRoute: () => shell,
  path: '/in-app/$key',
  component: lazyRouteComponent(() => import('../../features/in-app/MessagePage'), 'MessagePage'),
});

const teams = createRoute({
  getParentRoute: () => shell,
  path: '/teams',
  validateSearch: teamsSearch,
  component: lazyRouteComponent(() => import('../../features/org/TeamsPage'), 'TeamsPage'),
});

const newModel = createRoute({
  getParentRoute: () => shell,
  path: '/teams/models/new',
  component: lazyRouteComponent(() => import('../../features/org/ModelPage'), 'ModelPage'),
});

const model = createRoute({
  getParentRoute: () => shell,
  path: '/teams/models/$key',
  component: lazyRouteComponent(() => import('../../features/org/ModelPage'), 'ModelPage'),
});

const newAssignmentRule = createRoute({
  getParentRoute: () => shell,
  path: '/teams/rules/new',
  component: lazyRouteComponent(() => import('../../features/org/RulePage'), 'RulePage'),
});

const assignmentRule = createRoute({
  getParentRoute: () => shell,
  path: '/teams/rules/$key',
  component: lazyRouteComponent(() => import('../../features/org/RulePage'), 'RulePage'),
});

const proofs = createRoute({
  getParentRoute: () => shell,
  path: '/proof',
  validateSearch: proofsSearch,
  component: lazyRouteComponent(() => import('../../features/proof/ProofsPage'), 'ProofsPage'),
});

const proof = createRoute({
  getParentRoute: () => shell,
  path: '/proof/$key',
  validateSearch: proofSearch,
  component: lazyRouteComponent(() => import('../../features/proof/ProofPage'), 'ProofPage'),
});

const wins = createRoute({
  getParentRoute: () => shell,
  path: '/wins',
  validateSearch: winsSearch,
  component: lazyRouteComponent(() => import('../../features/wins/WinsPage'), 'WinsPage'),
});

export const workRoutes = [
  cockpit,
  signals,
  newSignal,
  starterSignals,
  signal,
  playbooks,
  playbookTemplates,
  playbook,
  run,
  outreach,
  newMailTemplate,
  mailTemplate,
  inApp,
  newInAppMessage,
  inAppMessage,
  teams,
  newModel,
  model,
  newAssignmentRule,
  assignmentRule,
  proofs,
  proof,
  wins,
] as const;
