// What the pages of the portal read and do. Nothing here names an account: the server knows whose log-in it is.
import { queryOptions, useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { operations } from '../api/schema';
import { answer, api, requestRaw } from './client';

type Operations = {
  [Name in keyof operations]: operations[Name] extends {
    responses: { 200: { content: { 'application/json': infer Body } } };
  }
    ? Body
    : never;
};

export type Me = Operations['portalMe'];
/** Parts that have a page; the other two widen one. */
export type Shown = Exclude<keyof Me['shows'], 'paid' | 'company_tickets'>;
export type Branding = Operations['portalBranding'];
export type Journey = NonNullable<Operations['portalJourney']>;
export type Stage = Journey['stages'][number];
export type Milestone = Stage['milestones'][number];
export type NextStep = Journey['next'][number];
export type Plans = Operations['portalPlans'];
export type Plan = Plans['items'][number];
export type Goal = Plan['goals'][number];
export type Action = Plan['actions'][number];
export type Comment = Goal['comments'][number];
export type Adoption = Operations['portalAdoption'];
export type DepartmentUse = Adoption['departments'][number];
export type Value = Operations['portalValue'];
export type Success = Value['successes'][number];
export type Supporter = Operations['portalPeople']['items'][number];
export type SharedDocument = Operations['portalDocuments']['items'][number];
export type Ticket = Operations['portalTickets']['items'][number];
export type Survey = Operations['portalSurveys']['items'][number];
export type Condition = Operations['portalHealth'];

const key = (name: string): QueryKey => ['portal', name];

export const brandingQuery = queryOptions({
  queryKey: ['branding'],
  queryFn: () => answer(api.GET('/portal/api/branding')),
  staleTime: Infinity,
});
export const meQuery = queryOptions({
  queryKey: key('me'),
  queryFn: () => answer(api.GET('/portal/api/me')),
});
export const journeyQuery = queryOptions({
  queryKey: key('journey'),
  queryFn: () => answer(api.GET('/portal/api/journey')),
});
export const plansQuery = queryOptions({
  queryKey: key('plans'),
  queryFn: () => answer(api.GET('/portal/api/plans')),
});
export const adoptionQuery = queryOptions({
  queryKey: key('adoption'),
  queryFn: () => answer(api.GET('/portal/api/adoption')),
});
export const valueQuery = queryOptions({
  queryKey: key('value'),
  queryFn: () => answer(api.GET('/portal/api/value')),
});
export const peopleQuery = queryOptions({
  queryKey: key('people'),
  queryFn: () => answer(api.GET('/portal/api/people')),
});
export const documentsQuery = queryOptions({
  queryKey: key('documents'),
  queryFn: () => answer(api.GET('/portal/api/documents')),
});
export const ticketsQuery = queryOptions({
  queryKey: key('tickets'),
  queryFn: () => answer(api.GET('/portal/api/tickets')),
});
export const surveysQuery = queryOptions({
  queryKey: key('surveys'),
  queryFn: () => answer(api.GET('/portal/api/surveys')),
});
export const conditionQuery = queryOptions({
  queryKey: key('health'),
  queryFn: () => answer(api.GET('/portal/api/health')),
});

/** A deed on the plans: its answer is the plans as they are now; what else tells of them is read anew. */
function usePlanDeed<Variables>(send: (variables: Variables) => Promise<Plans>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (plans) => {
      client.setQueryData(plansQuery.queryKey, plans);
      void client.invalidateQueries({ queryKey: journeyQuery.queryKey });
      void client.invalidateQueries({ queryKey: valueQuery.queryKey });
    },
  });
}

export const useConfirmGoal = (plan: number) =>
  usePlanDeed(({ goal, words }: { goal: string; words: string }) =>
    answer(
      api.POST('/portal/api/plans/{id}/goals/{key}/confirm', {
        params: { path: { id: plan, key: goal } },
        body: { words },
      }),
    ),
  );
export const useComment = (plan: number) =>
  usePlanDeed((body: { item: string; words: string }) =>
    answer(api.POST('/portal/api/plans/{id}/comments', { params: { path: { id: plan } }, body })),
  );
export const useFinishAction = (plan: number) =>
  usePlanDeed(({ action, done }: { action: string; done: boolean }) =>
    answer(
      api.POST('/portal/api/plans/{id}/actions/{key}', {
        params: { path: { id: plan, key: action } },
        body: { done },
      }),
    ),
  );
export const useEnterFigure = (plan: number) =>
  usePlanDeed((body: { goal: string; value: number; day: string }) =>
    answer(api.POST('/portal/api/plans/{id}/figures', { params: { path: { id: plan } }, body })),
  );

function useJourneyDeed<Variables>(send: (variables: Variables) => Promise<Journey>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (journey) => client.setQueryData(journeyQuery.queryKey, journey),
  });
}

export const useConfirmMilestone = () =>
  useJourneyDeed(({ milestone, ...body }: { milestone: string; confirmed: boolean; words: string }) =>
    answer(api.POST('/portal/api/journey/milestones/{key}', { params: { path: { key: milestone } }, body })),
  );
export const useNoteFeeling = () =>
  useJourneyDeed((body: { feeling: number; words: string }) =>
    answer(api.POST('/portal/api/journey/feeling', { body })),
  );

export function useConsent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: boolean) => answer(api.PUT('/portal/api/health/consent', { body: { given } })),
    onSuccess: (condition) => client.setQueryData(conditionQuery.queryKey, condition),
  });
}

export const useAskForLink = () =>
  useMutation({ mutationFn: (email: string) => answer(api.POST('/portal/api/log-in', { body: { email } })) });

export const useOpenSession = () =>
  useMutation({ mutationFn: (token: string) => answer(api.POST('/portal/api/session', { body: { token } })) });

/** Not a deed of the customer, so that one of us can end looking as them, too. */
export const useCloseSession = () =>
  useMutation({ mutationFn: () => requestRaw('/portal/api/session', { method: 'DELETE' }) });

export const useSwitchCompany = () =>
  useMutation({ mutationFn: (person: number) => answer(api.POST('/portal/api/account', { body: { person } })) });

/** The person's own language, where mails and the next visit find it. */
export const sendLanguage = (language: 'ja' | 'en') => answer(api.PATCH('/portal/api/me', { body: { language } }));
