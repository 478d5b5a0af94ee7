import { describe, expect, it } from 'vitest';
import { emptyItem } from '../edit';
import { dayZero } from '../editing';
import { emptyTemplate, planDocumentOf, templateDocumentOf } from './body';

const words = { ja: '導入', en: 'Onboarding' };

describe('the body of a template', () => {
  it('is a plan that begins on day 0, and comes back as it was', () => {
    const document = planDocumentOf(emptyTemplate(words).document);
    const action = { ...emptyItem(document, 'action'), name: words, start: '1970-01-11', due: '1970-01-31' };
    const goal = { ...emptyItem(document, 'goal'), name: words, start: dayZero, due: '1970-04-01' };
    const body = templateDocumentOf({ ...document, actions: [action], goals: [goal] });
    expect(body.actions[0]).toMatchObject({ start: 10, due: 30 });
    expect(body.goals[0]).toMatchObject({ start: 0, due: 90 });
    expect(templateDocumentOf(planDocumentOf(body))).toEqual(body);
  });

  it('holds nothing that only a running plan knows', () => {
    const document = planDocumentOf(emptyTemplate(words).document);
    const goal = {
      ...emptyItem(document, 'goal'),
      closed_on: '2026-11-01',
      ours: 3,
      override: { status: 'concern' as const, why: '' },
    };
    const action = { ...emptyItem(document, 'action'), done_on: '2026-11-01', start: '1969-12-30' };
    const body = templateDocumentOf({ ...document, goals: [goal], actions: [action] });
    for (const field of ['closed_on', 'ours', 'theirs', 'override']) expect(body.goals[0]).not.toHaveProperty(field);
    expect(body.actions[0]).not.toHaveProperty('done_on');
    expect(body.actions[0]!.start).toBe(0);
  });
});
