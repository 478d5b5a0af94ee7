import { QueryClient } from '@tanstack/react-query';
import { isProblem } from './problem';

const maxRetries = 2;

/** Only what may pass by itself is tried again: the server being away, overloaded or restarting. */
function mayPass(error: unknown): boolean {
  return isProblem(error) && (error.status === 0 || error.status === 502 || error.status === 503);
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < maxRetries && mayPass(error),
      },
      mutations: { retry: false },
    },
  });
}
