// The shapes of /api/journeys and of a journey's body.
import type { components } from '../../api/schema';
import type { Condition } from '../../components/filter/condition';
import type { TwoLanguages } from '../../lib/language';

type Schemas = components['schemas'];
export type JourneyOnBook = Schemas['JourneyOnBook'];
export type StageOnBook = JourneyOnBook['stages'][number];
export type StageTotal = Schemas['StageTotal'];
export type JourneyLine = Schemas['JourneyLine'];
export type JourneyMap = Schemas['JourneyMap'];
export type Basis = JourneyLine['basis'];

/** Stands in place of a stage where the last one was passed. */
export const arrived = '$arrived';

export interface MilestoneBody {
  key: string;
  name: TwoLanguages;
  required: boolean;
  confirmed_by_customer: boolean;
  grace_days: number;
  condition?: Condition;
}

export interface MomentBody {
  key: string;
  name: TwoLanguages;
  what: TwoLanguages;
}

export interface StageBody {
  key: string;
  name: TwoLanguages;
  outcome: TwoLanguages;
  feeling: TwoLanguages;
  expected_days: number;
  our_role: string;
  their_role: string;
  moments_of_truth: MomentBody[];
  milestones: MilestoneBody[];
}

/** A journey as its definition holds it: see src/engine/journeys. */
export interface JourneyBody {
  name: TwoLanguages;
  description: string;
  rank: number;
  condition?: Condition;
  stages: StageBody[];
}

export const ourRoles = ['csm', 'onboarding', 'support', 'renewal_sales', 'marketing', 'product'] as const;
export const theirRoles = ['champion', 'executive_sponsor', 'decision_maker', 'admin', 'user'] as const;
