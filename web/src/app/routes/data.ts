// Where the data comes from and what it says: imports, intake, the catalogue of features, the lab.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { catalogueSearch } from '../../features/catalogue/search';
import { importSearch, newImportSearch } from '../../features/import/search';
import { intakeSearch } from '../../features/intake/search';
import { labSearch } from '../../features/lab/search';
import { shell } from './root';

const importPage = createRoute({
  getParentRoute: () => shell,
  path: '/import',
  component: lazyRouteComponent(() => import('../../features/import/ImportPage'), 'ImportPage'),
});

const newImport = createRoute({
  getParentRoute: () => shell,
  path: '/import/new',
  validateSearch: newImportSearch,
  component: lazyRouteComponent(() => import('../../features/import/NewImportPage'), 'NewImportPage'),
});

const oneImport = createRoute({
  getParentRoute: () => shell,
  path: '/import/$importId',
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('../../features/import/ImportDetailPage'), 'ImportDetailPage'),
});

const intake = createRoute({
  getParentRoute: () => shell,
  path: '/intake',
  validateSearch: intakeSearch,
  component: lazyRouteComponent(() => import('../../features/intake/IntakePage'), 'IntakePage'),
});

const catalogue = createRoute({
  getParentRoute: () => shell,
  path: '/catalogue',
  validateSearch: catalogueSearch,
  component: lazyRouteComponent(() => import('../../features/catalogue/CataloguePage'), 'CataloguePage'),
});

const lab = createRoute({
  getParentRoute: () => shell,
  path: '/lab',
  validateSearch: labSearch,
  component: lazyRouteComponent(() => import('../../features/lab/LabPage'), 'LabPage'),
});

export const dataRoutes = [importPage, newImport, oneImport, intake, catalogue, lab] as const;
