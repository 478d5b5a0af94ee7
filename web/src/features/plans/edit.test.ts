import { describe, expect, it } from 'vitest';
import { noWords, type PlanDocument } from '../../api/plans';
import { applied, emptyItem, freeKey, lackOfGoal, possibleBefore, putOf, removalOf, rowsOf } from './edit';
import { panelAddress, panelItem } from './panel-address';

const words = (ja: string) => ({ ja, en: '' });
const blank: PlanDocument = {
  name: words('プラン'),
  purpose: noWords,
  goals: [],
  milestones: [],
  actions: [],
  risks: [],
  internal_note: '',
};

function sample(): PlanDocument {
  const goal = { ...emptyItem(blank, 'goal'), name: words('定着'), target: 80 };
  const first = { ...emptyItem(blank, 'action'), name: words('一'), goal: goal.key, start: '2026-11-10' };
  const second = { ...first, key: 'action_2', name: words('二'), start: '2026-11-01', depends_on: ['action_1'] };
  const third = { ...first, key: 'action_3', name: words('三'), goal: null, depends_on: ['action_2'] };
  const milestone = { ...emptyItem(blank, 'milestone'), name: words('稼働'), goal: goal.key };
  return { ...blank, goals: [goal], actions: [first, second, third], milestones: [milestone] };
}

describe('operations', () => {
  it('send only what was changed, and nothing where nothing was', () => {
    const goal = sample().goals[0]!;
    expect(putOf('goal', goal, { ...goal })).toBeNull();
    expect(putOf('goal', goal, { ...goal, target: 90 })).toEqual({
      op: 'put',
      kind: 'goal',
      item: { key: 'goal_1', target: 90 },
    });
    expect(putOf('goal', undefined, goal)?.op).toBe('put');
  });

  it('show the document as the server will make it', () => {
    const before = sample();
    const after = applied(before, [
      { op: 'put', kind: 'goal', item: { key: 'goal_1', target: 90 } },
      { op: 'put', kind: 'risk', item: { key: 'risk_1', name: words('異動') } },
      { op: 'set_head', head: { purpose: words('効率化') } },
    ]);
    expect(after.goals[0]).toEqual({ ...before.goals[0], target: 90 });
    expect(after.risks[0]).toMatchObject({ key: 'risk_1', severity: 'medium', internal: true });
    expect(after.purpose.ja).toBe('効率化');
    expect(before.goals[0]!.target).toBe(80);
  });

  it('take a removed item out of what refers to it', () => {
    const withoutFirst = applied(sample(), removalOf(sample(), 'action', 'action_1'));
    expect(withoutFirst.actions.map(({ key, depends_on }) => [key, depends_on])).toEqual([
      ['action_2', []],
      ['action_3', ['action_2']],
    ]);
    const withoutGoal = applied(sample(), removalOf(sample(), 'goal', 'goal_1'));
    expect(withoutGoal.goals).toEqual([]);
    expect([...withoutGoal.actions, ...withoutGoal.milestones].every(({ goal }) => goal === null)).toBe(true);
  });

  it('give every new item a key of its own', () => {
    expect(freeKey(sample(), 'action')).toBe('action_4');
    expect(emptyItem(sample(), 'goal').key).toBe('goal_2');
  });
});

describe('rules of the forms', () => {
  it('name what a goal lacks', () => {
    const goal = sample().goals[0]!;
    expect(lackOfGoal(goal)).toBeNull();
    expect(lackOfGoal({ ...goal, name: words(' ') })).toBe('name');
    expect(lackOfGoal({ ...goal, kind: 'measure' })).toBe('measure');
    expect(lackOfGoal({ ...goal, target: null })).toBe('target');
    expect(lackOfGoal({ ...goal, kind: 'yes_no', target: null })).toBeNull();
    expect(lackOfGoal({ ...goal, baseline: 90 })).toBe('way');
    expect(lackOfGoal({ ...goal, baseline: 80 })).toBe('way');
    expect(lackOfGoal({ ...goal, baseline: 90, direction: 'down' })).toBeNull();
    const value = { amount_minor: null, quantity: null, unit: noWords, per: 'year' as const, how: noWords };
    expect(lackOfGoal({ ...goal, value })).toBe('value');
    expect(lackOfGoal({ ...goal, value: { ...value, quantity: 2 } })).toBeNull();
    expect(lackOfGoal({ ...goal, start: '2026-12-01', due: '2026-11-01' })).toBe('days');
  });

  it('never offer a circle of actions', () => {
    const { actions } = sample();
    expect(possibleBefore(actions, 'action_1').map(({ key }) => key)).toEqual([]);
    expect(possibleBefore(actions, 'action_2').map(({ key }) => key)).toEqual(['action_1']);
    expect(possibleBefore(actions, 'action_3').map(({ key }) => key)).toEqual(['action_1', 'action_2']);
  });
});

describe('the lines of the timeline', () => {
  it('stand goal by goal, by day, and at the end what has no goal', () => {
    expect(rowsOf(sample()).map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'goal goal_1',
      'action action_2',
      'action action_1',
      'milestone milestone_1',
      'goal ',
      'action action_3',
    ]);
  });
});

describe('the address of the panel', () => {
  it('names an item, or one that is being made', () => {
    expect(panelItem(panelAddress({ kind: 'goal', key: 'a_1' }))).toEqual({ kind: 'goal', key: 'a_1' });
    expect(panelItem('action~')).toEqual({ kind: 'action', key: '' });
    expect(panelItem('nothing~a')).toBeNull();
    expect(panelItem('goal')).toBeNull();
  });
});
