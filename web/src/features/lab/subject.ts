// What every part of the Lab's page is about: which scorecard in which form, and what it should have foreseen.
import { createContext, use } from 'react';
import type { LeadDays, Named, ScorecardLevel } from './types';

export interface Shown {
  scorecard: Named;
  levels: readonly ScorecardLevel[];
  outcome: { key: string; name: string };
  leadDays: LeadDays;
  currency: string;
  /** What is judged: the published one, its draft, or what the sliders made of either. */
  subject: 'published' | 'draft' | 'tuned';
}

const SubjectContext = createContext<Shown | null>(null);

export const Subject = SubjectContext;

export function useShown(): Shown {
  const shown = use(SubjectContext);
  if (!shown) throw new Error('outside of the workbench');
  return shown;
}

export type OutcomeKind = 'churned' | 'contracted' | 'expanded' | 'other';

/** Texts differ by what happened; an attribute's choice has one for all. */
export function kindOfOutcome(key: string): OutcomeKind {
  return key === 'churned' || key === 'contracted' || key === 'expanded' ? key : 'other';
}
