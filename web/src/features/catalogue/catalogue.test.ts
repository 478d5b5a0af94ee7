import { describe, expect, it } from 'vitest';
import type { Feature } from '../../api/features';
import { changed, grouping, inverseOf, markOf } from './catalogue';

function feature(id: number, ...names: string[]): Feature {
  return {
    id,
    key: names[0]!,
    name: { en: names[0]!, ja: names[0]! },
    module: 'M',
    is_active: true,
    ignored: false,
    types: names.map((name) => ({ kind: 'track', name })),
    events: 1,
    first_at: null,
    last_at: null,
  };
}

const namesOf = (features: readonly Feature[]) => features.map(({ types }) => types.map(({ name }) => name));

describe('the catalogue', () => {
  const a = feature(1, 'a');
  const b = feature(2, 'b', 'b2');
  const c = feature(3, 'c');

  it('groups event names under one feature, and takes that back', () => {
    const { forth, back } = grouping(a, [b, c], { en: 'All', ja: '全部' });
    const grouped = changed([a, b, c], forth);
    expect(namesOf(grouped)).toEqual([['a', 'b', 'b2', 'c'], [], []]);
    expect(grouped[0]!.name.ja).toBe('全部');
    expect(changed(grouped, back)).toEqual([a, b, c]);
  });

  it('takes a name out of a feature', () => {
    const separated = changed([b], [{ id: 2, change: { separated_types: [{ kind: 'track', name: 'b2' }] } }]);
    expect(namesOf(separated)).toEqual([['b']]);
  });

  it('undoes exactly what was changed', () => {
    expect(inverseOf(a, { id: 1, change: { ignored: true, module: 'N' } })).toEqual({
      id: 1,
      change: { ignored: false, module: 'M' },
    });
  });

  it('says what a feature counts as', () => {
    expect(markOf({ ignored: true, is_active: true })).toBe('ignored');
    expect(markOf({ ignored: false, is_active: false })).toBe('passive');
  });
});
