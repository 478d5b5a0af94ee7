import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What is open in the side panel is part of the address, so it can be sent to a colleague and "back" closes it. */
export function usePanel(param = 'panel') {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const value = search[param];
  const id = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  const show = useCallback(
    (next: string | undefined, replace: boolean) => {
      void navigate({
        to: '.',
        replace,
        search: (previous: Record<string, unknown>) => ({ ...previous, [param]: next }),
      } as never);
    },
    [navigate, param],
  );
  const open = useCallback((next: string) => show(next, id !== undefined), [show, id]);
  const close = useCallback(() => show(undefined, false), [show]);
  return { id, open, close };
}
