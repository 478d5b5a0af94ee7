// The root, the way in, and the frame of everything that lies behind the log-in.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { isSignedIn, sessionQuery } from '../../features/identity/session';
import { dayParam, searchParams, textParam } from '../../lib/search-params';
import { NotFound, RouteError } from '../FallbackPages';
import { safeNext } from '../safe-next';
import { Shell } from '../shell/Shell';

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: RouteError,
});

const loginSearch = searchParams({ next: textParam(2000) });

export const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: loginSearch,
  beforeLoad: async ({ context, search }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session.state === 'setup_needed') throw redirect({ to: '/setup' });
    if (isSignedIn(session)) throw redirect({ href: safeNext(search.next) });
  },
  component: lazyRouteComponent(() => import('../../features/identity/LoginPage'), 'LoginPage'),
});

export const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session.state !== 'setup_needed') throw redirect({ to: '/' });
  },
  component: lazyRouteComponent(() => import('../../features/identity/SetupPage'), 'SetupPage'),
});

/** Everything behind the log-in. "As known on" stays in the address from page to page. */
export const shell = createRoute({
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
