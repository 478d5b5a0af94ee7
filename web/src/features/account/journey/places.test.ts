import { expect, test } from 'vitest';
import { groundOfPassing, grounds, placeOf } from './places';
import type { JourneyMap, Position } from './requests';

const words = { ja: 'あ', en: 'a' };
const stage = (key: string) => ({
  key,
  name: words,
  outcome: words,
  feeling: words,
  expected_days: 30,
  our_role: 'csm',
  their_role: null,
  moments_of_truth: [],
  milestones: [],
});
const map: JourneyMap = { key: 'j', name: words, description: '', stages: ['start', 'use', 'value'].map(stage) };
const position = (assumed: string | null, proven: string, confirmed: string, now: string): Position => ({
  stage: now,
  since: '2026-11-01',
  basis: 'proven',
  assumed,
  proven,
  confirmed,
  days_in_stage: 3,
  expected_days: 30,
  is_stuck: false,
  is_regressing: false,
  as_of: '2026-11-04',
  milestones: [],
});

test('an account that arrived is behind every stage', () => {
  expect(placeOf(map, '$arrived')).toBe(3);
  expect(placeOf(map, 'gone')).toBeUndefined();
});

test('a stage is passed on the strongest ground there is', () => {
  const at = position('value', 'use', 'start', 'value');
  expect(map.stages.map((_, index) => groundOfPassing(map, at, index))).toEqual(['proven', 'assumed', undefined]);
  const confirmed = position(null, 'value', 'use', 'value');
  expect(map.stages.map((_, index) => groundOfPassing(map, confirmed, index))).toEqual([
    'confirmed',
    'proven',
    undefined,
  ]);
});

test('what nobody assumed is left out', () => {
  expect(grounds(map, position(null, 'use', 'start', 'use')).map(({ basis }) => basis)).toEqual([
    'proven',
    'confirmed',
  ]);
});
