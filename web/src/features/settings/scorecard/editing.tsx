import { createContext, useContext, type ReactNode } from 'react';
import { useLanguage } from '../../../lib/viewer';
import type { MeasureBody, ScorecardBody, ScorecardGroup } from '../types';

export interface Fault {
  /** The server's name of the place: "scorecards[0].groups[1].measures[2].curve". */
  field: string;
  message: string;
}

export interface Editing {
  body: ScorecardBody;
  measures?: ReadonlyMap<string, MeasureBody>;
  /** Absent where one may only look. */
  change?: (part: Partial<ScorecardBody>) => void;
  /** What the server refused at the last attempt to save. */
  faults: readonly Fault[];
}

const EditingContext = createContext<Editing | null>(null);

export function EditingProvider({ value, children }: { value: Editing; children: ReactNode }) {
  return <EditingContext value={value}>{children}</EditingContext>;
}

/** The scorecard that is being edited, for every part of its page. */
export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('useEditing belongs inside an EditingProvider');
  return editing;
}

/** Sets the tree of groups; absent where one may only look. */
export function useSetGroups(): ((groups: ScorecardGroup[]) => void) | undefined {
  const { change } = useEditing();
  return change && ((groups) => change({ groups }));
}

/** The name of a measure in the reader's language, or its key while the names are on their way. */
export function useMeasureName(): (key: string) => string {
  const { measures } = useEditing();
  const language = useLanguage();
  return (key) => measures?.get(key)?.name[language] || key;
}

/** What the server refused at a place and below it; of a group only what is its own, not its children's. */
export function useFaultsAt(path: string, ownOnly = false): string[] {
  const { faults } = useEditing();
  return faults
    .filter(({ field }) => {
      const at = field.replace(/^scorecards\[\d+\]\.?/, '');
      if (!at.startsWith(path)) return false;
      const rest = at.slice(path.length);
      return ownOnly ? !/^\.(groups|measures)\[/.test(rest) && !/^\[/.test(rest) : rest === '' || /^[.[]/.test(rest);
    })
    .map(({ message }) => message);
}
