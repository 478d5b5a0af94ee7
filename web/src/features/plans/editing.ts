import { createContext, use } from 'react';
import type { ContactChoice } from '../../api/contacts';
import type { PersonChoice } from '../../api/people';
import type { Plan, PlanDocument } from '../../api/plans';
import { addDays, daysBetween, type Day } from '../../lib/format/date';
import type { Operation } from './edit';

/** What the parts of a plan need to show and change it: the same parts edit plans and templates. */
export interface Editing {
  document: PlanDocument;
  change: (operations: readonly Operation[], told: string, onDone?: () => void) => void;
  mayEdit: boolean;
  isBusy: boolean;
  /** Standing, comments and confirmations; a template has none. */
  plan: Plan | null;
  /** A template's days are counted from its first day, which stands here as one of the calendar's. */
  today: Day;
  people: readonly PersonChoice[];
  contacts: readonly ContactChoice[];
}

const EditingContext = createContext<Editing | null>(null);

export const EditingProvider = EditingContext.Provider;

export function useEditing(): Editing {
  const editing = use(EditingContext);
  if (!editing) throw new Error('a part of a plan stands outside of one');
  return editing;
}

/** Day 0 of a template, as the server counts: a template's "day 30" is the 30th day after it. */
export const dayZero: Day = '1970-01-01';

export const dayOfNumber = (number: number | null): Day | null => (number === null ? null : addDays(dayZero, number));
export const numberOfDay = (day: Day | null): number | null => (day === null ? null : daysBetween(dayZero, day));
