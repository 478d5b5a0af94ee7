// Success plans (/api/plans): what lists, the plan's own page and the account's page ask and send.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Day } from '../lib/format/date';
import type { Language, TwoLanguages } from '../lib/language';
import { getJson, sendJson } from './json';
import type { components, operations } from './schema';

type Schemas = components['schemas'];
type AnswerOf<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

/** A text of which one side may be missing: then the other is shown. */
export type Words = Schemas['Words'];
export type PlanState = Schemas['PlanState'];
export type GoalStatus = Schemas['GoalStatus'];
export type GoalStage = Schemas['GoalStage'];
export type GoalKind = Schemas['GoalKind'];
export type Confirmation = Schemas['Confirmation'];
export type ItemKind = Schemas['ItemKind'];
export type GoalStanding = Schemas['GoalStanding'];
export type ActionStanding = Schemas['ActionStanding'];
export type NextStep = Schemas['NextStep'];
export type PlanLine = Schemas['PlanLine'];
export type PlanSums = Schemas['PlanSums'];
export type PlanVersion = Schemas['PlanVersion'];
export type PlanReview = Schemas['PlanReview'];
export type PlanComment = Schemas['PlanComment'];
export type PlanValue = Schemas['PlanValue'];
export type PlanConfirmation = Schemas['PlanConfirmation'];
export type PlanOffers = Schemas['PlanOffers'];
export type AccountValue = Schemas['AccountValue'];
export type PlanTemplates = AnswerOf<'listPlanTemplates'>;

export const planStates = ['draft', 'sent', 'active', 'closed'] as const;
export const goalStatuses = ['not_started', 'on_track', 'watchpoint', 'concern', 'achieved', 'missed'] as const;
export const goalStages = ['proposed', 'accepted', 'delivered', 'verified'] as const;
export const goalKinds = ['measure', 'figure', 'yes_no'] as const;

export interface GoalValue {
  amount_minor: number | null;
  quantity: number | null;
  unit: TwoLanguages;
  per: 'once' | 'year';
  how: TwoLanguages;
}

export interface Goal {
  key: string;
  name: TwoLanguages;
  why: TwoLanguages;
  criterion: TwoLanguages;
  kind: GoalKind;
  measure: string;
  unit: TwoLanguages;
  direction: 'up' | 'down';
  baseline: number | null;
  target: number | null;
  start: Day | null;
  due: Day | null;
  stage: GoalStage;
  override: { status: GoalStatus; why: string } | null;
  theirs: number | null;
  ours: number | null;
  value: GoalValue | null;
  closed_on: Day | null;
}

export interface ActionOwner {
  side: 'ours' | 'theirs';
  role: string;
  user: number | null;
  contact: number | null;
}

export interface Action {
  key: string;
  name: TwoLanguages;
  goal: string | null;
  owner: ActionOwner;
  start: Day | null;
  due: Day | null;
  done_on: Day | null;
  depends_on: string[];
  internal: boolean;
}

export interface Milestone {
  key: string;
  name: TwoLanguages;
  goal: string | null;
  due: Day | null;
  done_on: Day | null;
}

export interface Risk {
  key: string;
  name: TwoLanguages;
  severity: 'low' | 'medium' | 'high';
  mitigation: TwoLanguages;
  internal: boolean;
  closed_on: Day | null;
}

/** The plan as one document, with everything said that the server may leave out. */
export interface PlanDocument {
  name: TwoLanguages;
  purpose: TwoLanguages;
  goals: Goal[];
  milestones: Milestone[];
  actions: Action[];
  risks: Risk[];
  internal_note: string;
}

export type Plan = Omit<Schemas['Plan'], 'document'> & { document: PlanDocument };

/** In the reader's language, or in the other one where that side is empty. */
export function wordsIn(words: Words | undefined, language: Language): string {
  return words?.[language] || words?.[language === 'ja' ? 'en' : 'ja'] || '';
}

export const noWords: TwoLanguages = { ja: '', en: '' };

const both = (words: Words | undefined): TwoLanguages => ({ ja: words?.ja ?? '', en: words?.en ?? '' });

function goalOf(goal: Schemas['Goal']): Goal {
  return {
    key: goal.key,
    name: both(goal.name),
    why: both(goal.why),
    criterion: both(goal.criterion),
    kind: goal.kind,
    measure: goal.measure ?? '',
    unit: both(goal.unit),
    direction: goal.direction ?? 'up',
    baseline: goal.baseline ?? null,
    target: goal.target ?? null,
    start: goal.start ?? null,
    due: goal.due ?? null,
    stage: goal.stage ?? 'proposed',
    override: goal.override ?? null,
    theirs: goal.theirs ?? null,
    ours: goal.ours ?? null,
    value: goal.value
      ? {
          amount_minor: goal.value.amount_minor ?? null,
          quantity: goal.value.quantity ?? null,
          unit: both(goal.value.unit),
          per: goal.value.per,
          how: both(goal.value.how),
        }
      : null,
    closed_on: goal.closed_on ?? null,
  };
}

function actionOf(action: Schemas['Action']): Action {
  return {
    key: action.key,
    name: both(action.name),
    goal: action.goal ?? null,
    owner: {
      side: action.owner?.side ?? 'ours',
      role: action.owner?.role ?? '',
      user: action.owner?.user ?? null,
      contact: action.owner?.contact ?? null,
    },
    start: action.start ?? null,
    due: action.due ?? null,
    done_on: action.done_on ?? null,
    depends_on: action.depends_on ?? [],
    internal: action.internal ?? false,
  };
}

/** What the server sends leaves out what is empty; the pages rely on every field being there. */
export function documentOf(document: Schemas['PlanDocument']): PlanDocument {
  return {
    name: both(document.name),
    purpose: both(document.purpose),
    goals: document.goals.map(goalOf),
    milestones: document.milestones.map((milestone) => ({
      key: milestone.key,
      name: both(milestone.name),
      goal: milestone.goal ?? null,
      due: milestone.due ?? null,
      done_on: milestone.done_on ?? null,
    })),
    actions: document.actions.map(actionOf),
    risks: document.risks.map((risk) => ({
      key: risk.key,
      name: both(risk.name),
      severity: risk.severity ?? 'medium',
      mitigation: both(risk.mitigation),
      internal: risk.internal ?? true,
      closed_on: risk.closed_on ?? null,
    })),
    internal_note: document.internal_note,
  };
}

export const planOf = (plan: Schemas['Plan']): Plan => ({ ...plan, document: documentOf(plan.document) });

/** Everything that shows plans, so that it can be read anew together. */
export const plansKey = ['plans'] as const;

export const planQuery = (id: number, asOf?: Day) =>
  queryOptions({
    queryKey: [...plansKey, 'one', id, asOf ?? null],
    queryFn: async ({ signal }) => planOf(await getJson<Schemas['Plan']>(`/api/plans/${id}`, { as_of: asOf }, signal)),
  });

export const accountPlansQuery = (accountId: string, asOf?: Day) =>
  queryOptions({
    queryKey: [...plansKey, 'account', accountId, asOf ?? null],
    queryFn: async ({ signal }) =>
      (await getJson<AnswerOf<'listAccountPlans'>>(`/api/accounts/${accountId}/plans`, { as_of: asOf }, signal)).items,
  });

export const accountValueQuery = (accountId: string, asOf?: Day) =>
  queryOptions({
    queryKey: [...plansKey, 'value', accountId, asOf ?? null],
    queryFn: ({ signal }) => getJson<AccountValue>(`/api/accounts/${accountId}/value`, { as_of: asOf }, signal),
  });

/** Published templates by rank; with an account it is said whether each fits. */
export const planTemplatesQuery = (account?: number) =>
  queryOptions({
    queryKey: [...plansKey, 'templates', account ?? null],
    queryFn: ({ signal }) => getJson<PlanTemplates>('/api/plans/templates', { account }, signal),
  });

export interface NewPlan {
  account_id: number;
  /** Absent: the template that fits. */
  template?: string;
  blank?: boolean;
}

export function useCreatePlan() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (plan: NewPlan) => planOf(await sendJson<Schemas['Plan']>('POST', '/api/plans', plan)),
    onSuccess: (plan) => {
      client.setQueryData(planQuery(plan.id).queryKey, plan);
      void client.invalidateQueries({ queryKey: plansKey, predicate: ({ queryKey }) => queryKey[1] !== 'one' });
    },
  });
}
