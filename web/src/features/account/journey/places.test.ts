import { expect, test } from 'vitest';
import { groundOfPassing, placeBy, placeOf } from './places';
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

test('a ground on which nothing was said puts nobody anywhere', () => {
  const at = position(null, 'use', 'start', 'use');
  expect(placeBy(map, at, 'assumed')).toBeUndefined();
  expect(placeBy(map, at, 'proven')).toBe(1);
  expect(placeBy(map, at, 'confirmed')).toBeUndefined();
});

test('one of several milestones keeps the account in the first stage, by the word of who confirmed it', () => {
  const milestone = { key: 'm', stage: 'start', state: 'open' as const, reached_on: null };
  const unsaid = { failing_since: null, lapsed_on: null };
  const at = {
    ...position(null, 'start', 'start', 'start'),
    milestones: [{ ...milestone, ...unsaid, confirmed_on: '2026-11-02' }],
  };
  expect(placeBy(map, at, 'confirmed')).toBe(0);
  expect(placeBy(map, at, 'proven')).toBeUndefined();
});
