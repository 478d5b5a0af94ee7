import { expect, it } from 'vitest';
import { byArea } from './areas';

it('groups features by area and leaves those without one to the end', () => {
  const feature = (name: string, area: string) => ({ name: { ja: name, en: name }, area, people: 1, last_used: null });
  const areas = byArea([feature('a', ''), feature('b', '帳票'), feature('c', '連携'), feature('d', '帳票')]);
  expect(areas.map(({ area, features }) => `${area}:${features.map(({ name }) => name.en).join('')}`)).toEqual([
    '帳票:bd',
    '連携:c',
    ':a',
  ]);
});
