import { useCallback, useMemo, useState } from 'react';
import { connect, duplicateStep, insertStep, changeStep, removeStep, targetAt, type Place } from '../graph/edit';
import { changed, historyOf, redone, undone, type History } from '../graph/history';
import { newStep } from '../new-step';
import type { PlaybookBody, Step, StepKind } from '../playbook';

export interface Editor {
  body: PlaybookBody;
  /** Key of a step, the start, or nothing. */
  selected: string | null;
  select: (id: string | null) => void;
  canUndo: boolean;
  canRedo: boolean;
  undo: () => void;
  redo: () => void;
  reset: () => void;
  /** `subject` names the field that is typed in, so that typing is undone in one. */
  change: (part: Partial<PlaybookBody>, subject?: string) => void;
  changeStep: (key: string, part: Partial<Step>, subject?: string) => void;
  insert: (place: Place, kind: StepKind) => void;
  remove: (key: string) => void;
  duplicate: (key: string) => void;
  connect: (place: Place, to: string | null) => void;
}

/** The playbook that is being edited, with the way back and forth. */
export function useEditor(saved: PlaybookBody): Editor {
  const [history, setHistory] = useState<History<PlaybookBody>>(() => historyOf(saved));
  const [selected, setSelected] = useState<string | null>(null);
  const put = useCallback((next: (body: PlaybookBody) => PlaybookBody, subject: string | null = null) => {
    setHistory((now) => changed(now, next(now.present), subject));
  }, []);
  const steps = history.present.steps;
  return useMemo(
    () => ({
      body: history.present,
      // An undo may have taken away what was chosen.
      selected:
        selected !== null && selected.trim() === selected && !steps.some(({ key }) => key === selected)
          ? null
          : selected,
      select: setSelected,
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      undo: () => setHistory(undone),
      redo: () => setHistory(redone),
      reset: () => put(() => saved),
      change: (part, subject) => put((body) => ({ ...body, ...part }), subject ?? null),
      changeStep: (key, part, subject) =>
        put(
          (body) => ({ ...body, steps: changeStep(body.steps, key, (step) => ({ ...step, ...part })) }),
          subject ? `${key} ${subject}` : null,
        ),
      insert: (place, kind) => {
        const step = newStep(kind, steps);
        put((body) => ({ ...body, steps: insertStep(body.steps, place, step) }));
        setSelected(step.key);
      },
      remove: (key) => {
        // What came after it is looked at next, so that several can be taken out one after another.
        const way = steps.find((step) => step.key === key);
        setSelected(way ? targetAt(steps, { from: key, port: 'next' }) : null);
        put((body) => ({ ...body, steps: removeStep(body.steps, key) }));
      },
      duplicate: (key) => {
        const copied = duplicateStep(steps, key);
        put((body) => ({ ...body, steps: copied.steps }));
        setSelected(copied.key);
      },
      connect: (place, to) => put((body) => ({ ...body, steps: connect(body.steps, place, to) })),
    }),
    [history, selected, steps, put, saved],
  );
}
