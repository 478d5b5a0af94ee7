import { describe, expect, it } from 'vitest';
import type { Step } from '../playbook';
import { compareSteps } from './compare';
import { connect, duplicateStep, freeKey, insertStep, placesBefore, reachable, removeStep, startPlace } from './edit';
import { changed, historyOf, redone, undone } from './history';
import { outlineOf, type OutlineRow } from './outline';
import { portsOf } from './ports';

const condition = { combinator: 'and', rules: [] };
const step = (key: string, next: string | null, more: Partial<Step> = {}): Step => ({
  key,
  kind: 'task',
  name: { ja: key, en: key },
  next,
  ...more,
});
const branch = (key: string, cases: (string | null)[], otherwise: string | null): Step => ({
  key,
  kind: 'branch',
  name: { ja: key, en: key },
  cases: cases.map((next, index) => ({ name: { ja: `c${index}`, en: `c${index}` }, condition, next })),
  otherwise,
});
/** hello → ask → (yes: thank, otherwise: call) → both to finish. */
const plan: Step[] = [
  step('hello', 'ask'),
  branch('ask', ['thank'], 'call'),
  step('thank', 'finish'),
  step('call', 'finish'),
  { key: 'finish', kind: 'end', name: { ja: 'finish', en: 'finish' }, outcome: 'success' },
];
const arrows = (steps: readonly Step[]) =>
  steps.flatMap((each) => portsOf(each).map(({ name, to }) => `${each.key}.${name}→${to ?? ''}`));

describe('the ways out of a step', () => {
  it('of a task are more where it is waited for', () => {
    expect(portsOf(step('a', 'b')).map(({ name }) => name)).toEqual(['next']);
    const waiting = step('a', 'b', { wait: true, timeout_days: 5, on_timeout: 'c' });
    expect(portsOf(waiting)).toEqual([
      { name: 'next', to: 'b', isFallback: false },
      { name: 'skipped', to: 'b', isFallback: true },
      { name: 'timeout', to: 'c', isFallback: false },
    ]);
  });
  it('of a wait for days has no timeout', () => {
    expect(portsOf(step('a', 'b', { kind: 'wait', days: 3, timeout_days: 9 }))).toHaveLength(1);
  });
});

describe('inserting', () => {
  it('puts the step on the arrow', () => {
    const after = insertStep(plan, { from: 'ask', port: 'otherwise' }, step('pause', null, { kind: 'wait', days: 2 }));
    expect(arrows(after)).toContain('ask.otherwise→pause');
    expect(arrows(after)).toContain('pause.next→call');
    expect(after.map(({ key }) => key)).toEqual(['hello', 'ask', 'pause', 'thank', 'call', 'finish']);
  });
  it('at the start makes it the first', () => {
    const after = insertStep(plan, startPlace, step('before', null));
    expect(after[0]).toMatchObject({ key: 'before', next: 'hello' });
  });
  it('of a branch leads on by its first case', () => {
    const after = insertStep(plan, { from: 'hello', port: 'next' }, branch('which', [null], null));
    expect(arrows(after)).toContain('which.case:0→ask');
  });
  it('of an end cuts the way', () => {
    const end: Step = { key: 'stop', kind: 'end', name: { ja: '', en: '' } };
    const after = insertStep(plan, { from: 'hello', port: 'next' }, end);
    expect([...reachable(after)]).toEqual(['hello', 'stop']);
  });
  it('leaves the steps it was given as they were', () => {
    const before = structuredClone(plan);
    insertStep(plan, { from: 'ask', port: 'case:0' }, step('pause', null));
    removeStep(plan, 'ask');
    expect(plan).toEqual(before);
  });
  it('finds a key that is free', () => {
    expect(freeKey(plan, 'call')).toBe('call_2');
    expect(freeKey([...plan, step('call_2', null)], 'call')).toBe('call_3');
    expect(freeKey(plan, '')).toBe('step');
  });
});

describe('removing', () => {
  it('closes the gap from every side', () => {
    const after = removeStep(plan, 'finish');
    expect(arrows(after).filter((arrow) => arrow.includes('finish'))).toEqual([]);
    expect(arrows(removeStep(plan, 'call'))).toContain('ask.otherwise→finish');
  });
  it('of the first step begins where it led', () => {
    expect(removeStep(plan, 'hello')[0]!.key).toBe('ask');
    expect(removeStep(plan.toReversed(), 'finish')[0]!.key).toBe('call');
  });
  it('of a step that leads to itself does not keep its key', () => {
    const loop = [step('a', 'b'), step('b', 'b')];
    expect(arrows(removeStep(loop, 'b'))).toEqual(['a.next→']);
  });
  it('forgets it also where no arrow shows it at present', () => {
    const hidden = [step('a', 'b', { kind: 'wait', days: 1, on_timeout: 'b' }), step('b', null)];
    expect(removeStep(hidden, 'b')[0]!.on_timeout).toBeNull();
  });
});

describe('connecting', () => {
  it('leads one way elsewhere', () => {
    expect(arrows(connect(plan, { from: 'ask', port: 'case:0' }, 'finish'))).toContain('ask.case:0→finish');
    expect(arrows(connect(plan, { from: 'thank', port: 'next' }, null))).toContain('thank.next→');
  });
  it('of the start chooses the first step', () => {
    expect(connect(plan, startPlace, 'call')[0]!.key).toBe('call');
  });
  it('knows what leads to a step', () => {
    expect(placesBefore(plan, 'finish')).toEqual([
      { from: 'thank', port: 'next' },
      { from: 'call', port: 'next' },
    ]);
    expect(placesBefore(plan, 'hello')).toEqual([startPlace]);
  });
  it('duplicates right after', () => {
    const { steps, key } = duplicateStep(plan, 'call');
    expect(key).toBe('call_2');
    expect(arrows(steps)).toEqual(expect.arrayContaining(['call.next→call_2', 'call_2.next→finish']));
  });
});

describe('undo', () => {
  it('goes back and forth', () => {
    const twice = changed(changed(historyOf(1), 2), 3);
    expect(undone(twice).present).toBe(2);
    expect(redone(undone(twice)).present).toBe(3);
    expect(undone(undone(undone(twice))).present).toBe(1);
  });
  it('takes typing in one field as one', () => {
    const typed = ['a', 'ab', 'abc'].reduce((history, text) => changed(history, text, 'name'), historyOf(''));
    expect(undone(typed).present).toBe('');
    expect(undone(changed(typed, 'x', 'title')).present).toBe('abc');
  });
  it('after an undo, typing on is a change of its own', () => {
    const typed = changed(changed(historyOf(''), 'a', 'name'), 'x', 'title');
    expect(undone(changed(undone(typed), 'ab', 'name')).present).toBe('a');
  });
  it('forgets what was undone once something else is done', () => {
    expect(redone(changed(undone(changed(historyOf(1), 2)), 5)).present).toBe(5);
  });
});

describe('the outline', () => {
  const text = (rows: readonly OutlineRow[]): string =>
    rows
      .map((row) => {
        if (row.type === 'end') return '.';
        if (row.type === 'reference') return `→${row.number}`;
        const ways = row.ways.map(({ port, rows: below }) => `${port}[${text(below)}]`).join(' ');
        return `${row.number}:${row.step.key}${ways && `{${ways}}`}`;
      })
      .join(' ');
  it('tells every step once', () => {
    expect(text(outlineOf(plan).rows)).toBe('1:hello 2:ask{case:0[3:thank 4:finish] otherwise[5:call →4]}');
  });
  it('ends in a loop with a reference', () => {
    const loop = [step('a', 'b'), step('b', 'a', { kind: 'wait', days: 1 })];
    expect(text(outlineOf(loop).rows)).toBe('1:a 2:b →1');
  });
  it('names the steps that no way leads to', () => {
    expect(outlineOf([...plan, step('alone', null)]).loose.map(({ key }) => key)).toEqual(['alone']);
  });
  it('puts a refusal below the approval and goes on after it', () => {
    const steps = [step('ok', 'go', { kind: 'approval', rejected: 'no' }), step('go', null), step('no', null)];
    expect(text(outlineOf(steps).rows)).toBe('1:ok{rejected[2:no .]} 3:go .');
  });
});

describe('two versions', () => {
  it('are compared by step and by arrow', () => {
    const after = connect(
      insertStep(
        removeStep(plan, 'thank').map((each) => (each.key === 'call' ? { ...each, role: 'support' } : each)),
        { from: 'call', port: 'next' },
        step('note', null),
      ),
      { from: 'hello', port: 'next' },
      'call',
    );
    const { changes, arrows: ways, steps } = compareSteps(plan, after);
    expect(Object.fromEntries(changes)).toEqual({ thank: 'removed', call: 'changed', note: 'added' });
    expect(ways.get('hello next call')).toBe('added');
    expect(ways.get('hello next ask')).toBe('removed');
    expect(steps.map(({ key }) => key)).toContain('thank');
  });
  it('that are equal have no change', () => {
    const { changes, arrows: ways } = compareSteps(plan, structuredClone(plan));
    expect([changes.size, ways.size]).toEqual([0, 0]);
  });
});
