import { describe, expect, it } from 'vitest';
import type { Step } from './playbook';
import { pathOf } from './run-path';
import { withDefaults } from './tidy';
import type { RunStep } from './types';

const name = { ja: '', en: '' };
const steps: Step[] = [
  { key: 'ask', kind: 'approval', name, next: 'go', rejected: 'no' },
  { key: 'go', kind: 'wait', name, days: 3, next: 'ask' },
  { key: 'no', kind: 'end', name },
];
const visit = (number: number, step: string, result: string | null, state: RunStep['state'] = 'done'): RunStep => ({
  visit: number,
  step,
  result,
  state,
  name,
  kind: 'task',
  words: null,
  reference: null,
  entered_at: '',
  left_at: null,
  due_at: null,
  attempts: 0,
  error: null,
});

describe('the way that a run took', () => {
  const body = withDefaults({ steps });
  it('follows its visits', () => {
    const path = pathOf({
      body,
      step: 'go',
      state: 'waiting',
      steps: [visit(1, 'ask', 'approved'), visit(2, 'go', null, 'waiting')],
    });
    expect([...path.litWays!]).toEqual([' next', 'ask next']);
    expect(path.at).toBe('go');
  });
  it('takes the way that the result names', () => {
    const path = pathOf({
      body,
      step: null,
      state: 'done',
      steps: [visit(1, 'ask', 'rejected'), visit(2, 'no', 'done')],
    });
    expect(path.litWays!.has('ask rejected')).toBe(true);
    expect(path.at).toBeNull();
  });
});
