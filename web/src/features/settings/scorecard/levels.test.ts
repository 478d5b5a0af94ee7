import { expect, test } from 'vitest';
import type { ScoreLevel } from '../types';
import { freeLevels, withLevelAdded, withLevelRemoved } from './levels';

const level = (key: string, from: number): ScoreLevel => ({ key, name: { en: key, ja: key }, from });
const drawn = (levels: ScoreLevel[]) => levels.map(({ key, from }) => `${key} ${from}`).join(', ');

const three = [level('healthy', 75), level('watch', 50), level('critical', 0)];

test('a level is added at its place, half way between its neighbours', () => {
  expect(freeLevels(three)).toEqual(['thriving', 'at_risk']);
  expect(drawn(withLevelAdded(three, 'at_risk', { en: '', ja: '' }))).toBe(
    'healthy 75, watch 50, at_risk 25, critical 0',
  );
  expect(drawn(withLevelAdded(three, 'thriving', { en: '', ja: '' }))).toBe(
    'thriving 88, healthy 75, watch 50, critical 0',
  );
});

test('a new lowest level begins at 0 and the one before it higher', () => {
  const two = [level('healthy', 60), level('watch', 0)];
  expect(drawn(withLevelAdded(two, 'critical', { en: '', ja: '' }))).toBe('healthy 60, watch 30, critical 0');
});

test('without its lowest level the next one begins at 0', () => {
  expect(drawn(withLevelRemoved(three, 2))).toBe('healthy 75, watch 0');
  expect(drawn(withLevelRemoved(three, 0))).toBe('watch 50, critical 0');
});
