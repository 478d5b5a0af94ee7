import { describe, expect, it } from 'vitest';
import { newStep } from './new-step';
import { stepKinds, type PlaybookBody, type Step } from './playbook';
import { sameBody, tidy, tidyStep, withDefaults } from './tidy';

const name = { ja: '名', en: 'Name' };
const body: PlaybookBody = withDefaults({ name, steps: [{ key: 'end', kind: 'end', name, outcome: 'success' }] });

describe('the body that is sent', () => {
  it('holds of a step only what its kind knows', () => {
    const branch = { ...newStep('branch', []), next: 'x', role: 'csm' };
    expect(Object.keys(tidyStep(branch)).sort()).toEqual(['cases', 'key', 'kind', 'name', 'otherwise']);
    expect(tidyStep({ key: 'e', kind: 'end', name, next: null, outcome: 'lost' })).not.toHaveProperty('next');
  });
  it('has no timeout where nothing is waited for', () => {
    const task: Step = { ...newStep('task', []), wait: false, timeout_days: 5, on_timeout: 'x', skipped: 'y' };
    expect(tidyStep(task)).not.toHaveProperty('timeout_days');
    expect(tidyStep(task)).not.toHaveProperty('skipped');
    expect(tidyStep({ ...task, wait: true })).toMatchObject({ timeout_days: 5, on_timeout: 'x', skipped: 'y' });
    expect(tidyStep({ ...task, wait: true, timeout_days: 0 })).not.toHaveProperty('on_timeout');
  });
  it('keeps the way for accounts without the day', () => {
    const wait: Step = { key: 'w', kind: 'wait', name, until_field: 'renewal_day', days_after: -60, on_timeout: 'x' };
    expect(tidyStep(wait)).toEqual(wait);
  });
  it('says of the start only what belongs to it', () => {
    const start = { on: 'segment' as const, segment: 'at_risk', every: 'day' as const, condition: null };
    expect(tidy({ ...body, start }).start).toEqual({ on: 'segment', segment: 'at_risk' });
  });
  it('is the same without what says nothing', () => {
    const terse = { name, start: { on: 'manual' }, steps: body.steps } as Partial<PlaybookBody>;
    expect(sameBody(withDefaults(terse), body)).toBe(true);
    expect(sameBody({ ...body, holdout_percent: 10 }, body)).toBe(false);
  });
});

describe('a new step', () => {
  it.each(stepKinds)('of the kind %s has a key of its own and knows its fields', (kind) => {
    const step = newStep(kind, [{ key: kind, kind, name }]);
    expect(step.key).toBe(`${kind}_2`);
    expect(Object.keys(tidyStep(step))).toEqual(expect.arrayContaining(['key', 'kind', 'name']));
  });
});
