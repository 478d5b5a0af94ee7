// Undo and redo. Typing in one field is one step back, not one for every letter.

export interface History<Value> {
  past: readonly Value[];
  present: Value;
  future: readonly Value[];
  /** What the last change was about; the next one about the same replaces it. */
  subject: string | null;
}

const most_kept = 200;

export function historyOf<Value>(present: Value): History<Value> {
  return { past: [], present, future: [], subject: null };
}

/** With a subject ("steps.call.name"), changes that follow each other on the same are undone together. */
export function changed<Value>(history: History<Value>, present: Value, subject: string | null = null): History<Value> {
  if (present === history.present) return history;
  const goesOn = subject !== null && subject === history.subject;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-most_kept);
  return { past, present, future: [], subject };
}

export function undone<Value>(history: History<Value>): History<Value> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    subject: null,
  };
}

export function redone<Value>(history: History<Value>): History<Value> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, subject: null };
}
