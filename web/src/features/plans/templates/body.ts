// A template's body as its definition holds it: a plan's document whose days are numbers, counted from its start.
import {
  documentOf,
  noWords,
  type Action,
  type Goal,
  type Milestone,
  type PlanDocument,
  type Risk,
} from '../../../api/plans';
import type { Condition } from '../../../components/filter/condition';
import type { Day } from '../../../lib/format/date';
import type { TwoLanguages } from '../../../lib/language';
import { dayOfNumber, numberOfDay } from '../editing';

type Numbered<Item> = Omit<Item, 'start' | 'due' | 'done_on' | 'closed_on' | 'override' | 'theirs' | 'ours'> & {
  start?: number | null;
  due?: number | null;
};

export interface TemplateDocument {
  name: TwoLanguages;
  purpose: TwoLanguages;
  goals: Numbered<Goal>[];
  milestones: Numbered<Milestone>[];
  actions: Numbered<Action>[];
  risks: Numbered<Risk>[];
  internal_note: string;
}

export interface TemplateBody {
  name: TwoLanguages;
  description: TwoLanguages;
  rank: number;
  condition?: Condition;
  document: TemplateDocument;
}

export const emptyTemplate = (name: TwoLanguages): TemplateBody => ({
  name,
  description: noWords,
  rank: 100,
  document: { name, purpose: noWords, goals: [], milestones: [], actions: [], risks: [], internal_note: '' },
});

/** As a plan that begins on day 0, so that the parts of a plan can show and change it. */
export function planDocumentOf(template: TemplateDocument): PlanDocument {
  const dated = <Item extends { start?: number | null; due?: number | null }>(item: Item) => ({
    ...item,
    start: dayOfNumber(item.start ?? null),
    due: dayOfNumber(item.due ?? null),
  });
  return documentOf({
    ...template,
    goals: template.goals.map(dated),
    milestones: template.milestones.map(dated),
    actions: template.actions.map(dated),
    risks: template.risks,
  });
}

/** The item without what only a running plan knows: the server does not take that in a template. */
function without<Item extends object, Field extends keyof Item>(item: Item, ...fields: Field[]): Omit<Item, Field> {
  const rest = { ...item };
  for (const field of fields) delete rest[field];
  return rest;
}

/** Back again, with days as numbers. */
export function templateDocumentOf(document: PlanDocument): TemplateDocument {
  const number = (day: Day | null) => {
    const days = numberOfDay(day);
    return days === null ? null : Math.max(0, days);
  };
  return {
    ...document,
    goals: document.goals.map((goal) => ({
      ...without(goal, 'closed_on', 'override', 'theirs', 'ours'),
      start: number(goal.start),
      due: number(goal.due),
    })),
    milestones: document.milestones.map((milestone) => ({
      ...without(milestone, 'done_on'),
      due: number(milestone.due),
    })),
    actions: document.actions.map((action) => ({
      ...without(action, 'done_on'),
      start: number(action.start),
      due: number(action.due),
    })),
    risks: document.risks.map((risk) => without(risk, 'closed_on')),
  };
}
