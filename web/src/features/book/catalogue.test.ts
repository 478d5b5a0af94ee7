import { expect, it } from 'vitest';
import { cellValue, isRequested } from './catalogue';
import type { BookRow } from './types';

it('finds values where the server puts them', () => {
  const row = { plan: 'light', attributes: { sites: 4 }, measures: { tickets: 0 }, groups: { adoption: 71.5 } };
  const value = (key: string) => cellValue(row as unknown as BookRow, key);
  expect(['plan', 'attribute.sites', 'measure.tickets', 'group.adoption'].map(value)).toEqual(['light', 4, 0, 71.5]);
  expect(value('attribute.gone')).toBeUndefined();
  expect(['plan', 'group.adoption'].map(isRequested)).toEqual([false, true]);
});
