// Every address of the app, from the rooms under routes/. A page is fetched when it is first visited; what its address may carry
// is declared beside it.
import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter } from '@tanstack/react-router';
import { NotFound, RouteError } from './FallbackPages';
import { PageSkeleton } from './PageSkeleton';
import { customersRoutes } from './routes/customers';
import { dataRoutes } from './routes/data';
import { revenueRoutes } from './routes/revenue';
import { login, root, setup, shell } from './routes/root';
import { settingsRoutes } from './routes/settings';
import { workRoutes } from './routes/work';

/** An unknown address keeps the rail and the palette, so that one can go on from there. */
const unknown = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound });

const routeTree = root.addChildren([
  login,
  setup,
  shell.addChildren([...customersRoutes, ...workRoutes, ...dataRoutes, revenueRoutes, settingsRoutes, unknown]),
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
