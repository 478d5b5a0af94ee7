// One keyboard layer for the whole app: pages say which keys they answer, the "?" overlay lists them.
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** As in KeyboardEvent.key ("j", "Enter", "/", "?"), with "mod+" for Ctrl or Cmd. */
  key: string;
  /** What the key does, in the reader's language. */
  label: string;
  /** Heading it is listed under. */
  group: string;
}

interface Registered extends Shortcut {
  run: (event: KeyboardEvent) => void;
}

const registered: Registered[] = [];
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];

function changed() {
  snapshot = [...registered];
  listeners.forEach((listener) => listener());
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select');
}

/** Enter and Space belong to what has the focus when that is a button, a link or the like. */
function belongsToTarget(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  return (
    event.target instanceof HTMLElement &&
    event.target.closest('a, button, summary, [role=menuitem], [role=option]') !== null
  );
}

function isModalOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}

function matches(event: KeyboardEvent, key: string): boolean {
  const modified = event.ctrlKey || event.metaKey;
  if (key.startsWith('mod+')) return modified && event.key.toLowerCase() === key.slice(4);
  return !modified && !event.altKey && event.key === key;
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return;
  // The latest to register is the innermost part of the page, so it answers first.
  const shortcut = registered.findLast(({ key }) => matches(event, key));
  if (!shortcut) return;
  const always = shortcut.key.startsWith('mod+');
  if (!always && (isTyping(event.target) || belongsToTarget(event) || isModalOpen())) return;
  event.preventDefault();
  shortcut.run(event);
}

if (typeof document !== 'undefined') document.addEventListener('keydown', onKeyDown);

/** Answers a key while the calling component is on the page. */
export function useShortcut({ key, label, group }: Shortcut, run: (event: KeyboardEvent) => void, enabled = true) {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const entry: Registered = { key, label, group, run: (event) => latest.current(event) };
    registered.push(entry);
    changed();
    return () => {
      registered.splice(registered.indexOf(entry), 1);
      changed();
    };
  }, [key, label, group, enabled]);
}

/** Every key that works at this moment, for the overlay. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
}
