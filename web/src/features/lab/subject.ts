// What every part of the Lab's page is about: which scorecard in which form, and what it should have foreseen.
import { createContext, use } from 'react';
import type { Judgement, LeadDays, Named, ScorecardLevel } from './types';

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

export type OutcomeKind = 'churned' | 'contracted' | 'expanded' | 'bad' | 'good';

/** Texts differ by what happened; attributes' choices have one for bad and one for good news. */
export function kindOfOutcome({ outcome, sense }: Pick<Judgement, 'outcome' | 'sense'>): OutcomeKind {
  return outcome === 'churned' || outcome === 'contracted' || outcome === 'expanded' ? outcome : sense;
}
