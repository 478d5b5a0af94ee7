// Where one is in the portal. A handful of pages without parameters needs no more than this.
import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from 'react';

const moved = new EventTarget();

function subscribe(listener: () => void) {
  moved.addEventListener('moved', listener);
  window.addEventListener('popstate', listener);
  window.addEventListener('hashchange', listener);
  return () => {
    moved.removeEventListener('moved', listener);
    window.removeEventListener('popstate', listener);
    window.removeEventListener('hashchange', listener);
  };
}

/** "/portal/plan/" → "/portal/plan". */
const here = () => location.pathname.replace(/\/+$/, '');

export function usePath(): string {
  return useSyncExternalStore(subscribe, here);
}

/** What stands behind the "#" of the address, where no server gets to see it. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => location.hash.slice(1));
}

export function goTo(path: string, { replace = false } = {}) {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  moved.dispatchEvent(new Event('moved'));
  window.scrollTo(0, 0);
}

function isPlainClick(event: MouseEvent) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

interface GoProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: string;
}

/** A link to another page of the portal. */
export function Go({ to, onClick, ...rest }: GoProps) {
  return (
    <a
      href={to}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !isPlainClick(event)) return;
        event.preventDefault();
        goTo(to);
      }}
      {...rest}
    />
  );
}
