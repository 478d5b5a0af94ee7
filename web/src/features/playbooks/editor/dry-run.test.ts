import { describe, expect, it } from 'vitest';
import type { DryRun } from '../types';
import { decorationOf } from './dry-run';
import { faultsByStep } from './faults';

const name = { ja: '', en: '' };
const dry: DryRun = {
  accounts: 10,
  would_start: 7,
  held_out: 1,
  refused: [],
  account: null,
  trace: [],
  steps: [
    {
      step: 'ask',
      kind: 'branch',
      name,
      accounts: 7,
      sample: [],
      notes: [],
      ports: [
        { port: 'case:0', to: 'a', accounts: 7 },
        { port: 'otherwise', to: 'b', accounts: 0 },
      ],
    },
    {
      step: 'a',
      kind: 'task',
      name,
      accounts: 7,
      sample: [],
      notes: [],
      ports: [{ port: 'next', to: null, accounts: 7 }],
    },
    { step: 'b', kind: 'task', name, accounts: 0, sample: [], notes: [], ports: [] },
  ],
};

describe('a dry run on the graph', () => {
  it('lights the ways that somebody takes and counts them', () => {
    const { lit, litWays, flows, counts } = decorationOf(dry);
    expect([...lit!]).toEqual(['ask', 'a']);
    expect([...litWays!]).toEqual(['ask case:0', 'a next', ' next']);
    expect(flows!.get('ask case:0')).toBe(7);
    expect(counts!.get('a')).toBe(7);
  });
  it('of one account is a path without counts', () => {
    const { counts, lit } = decorationOf({ ...dry, account: { id: 1, name: 'A' } });
    expect(counts).toBeUndefined();
    expect(lit!.has('b')).toBe(false);
  });
});

describe('faults', () => {
  it('stand at the step that they name', () => {
    const message = (en: string) => ({ en, ja: `${en}。` });
    const { steps, others } = faultsByStep(
      [
        { field: 'steps[a].next', step: 'a', message: message('one') },
        { field: 'steps[a].role', step: 'a', message: message('two') },
        { field: 'name', step: null, message: message('three') },
      ],
      'ja',
    );
    expect(steps.get('a')).toEqual(['one。', 'two。']);
    expect(others).toEqual(['three。']);
  });
});
