import { describe, expect, it } from 'vitest';
import { asBands, asLinear, bandFaults, outline, shareOf, withBandAdded, withBandRemoved, withEdge } from './curve';
import type { Band } from '../types';

const bands: Band[] = [
  { to: 50, points: 0 },
  { from: 50, to: 75, points: 50 },
  { from: 75, points: 100 },
];

describe('bands', () => {
  it('that fit have no faults', () => {
    expect(bandFaults(bands)).toEqual([]);
  });

  it('say where a value is left out, claimed twice or claimed by nobody', () => {
    const kinds = (changed: Band[]) => bandFaults(changed).map(({ kind }) => kind);
    expect(kinds([{ to: 40, points: 0 }, bands[1]!, bands[2]!])).toEqual(['gap']);
    expect(kinds([{ to: 60, points: 0 }, bands[1]!, bands[2]!])).toEqual(['overlap']);
    expect(kinds([{ to: 50, to_inclusive: true, points: 0 }, bands[1]!, bands[2]!])).toEqual(['edge']);
    expect(kinds([bands[0]!, { ...bands[1]!, from_inclusive: false }, bands[2]!])).toEqual(['edge']);
  });

  it('move their edge together', () => {
    const moved = withEdge(bands, 0, 33, true);
    expect(moved[0]).toMatchObject({ to: 33, to_inclusive: true });
    expect(moved[1]).toMatchObject({ from: 33, from_inclusive: false });
    expect(bandFaults(moved)).toEqual([]);
  });

  it('stay whole when one is added or removed', () => {
    expect(bandFaults(withBandAdded(bands))).toEqual([]);
    for (const at of [0, 1, 2]) {
      const fewer = withBandRemoved(bands, at);
      expect(fewer).toHaveLength(2);
      expect(bandFaults(fewer)).toEqual([]);
      expect([fewer[0]!.from, fewer.at(-1)!.to]).toEqual([undefined, undefined]);
    }
  });

  it('can be made of a line, and a line of them', () => {
    const made = asBands({
      linear: [
        [0, 0],
        [50, 50],
        [80, 100],
      ],
    });
    expect(bandFaults(made.bands!)).toEqual([]);
    expect(made.bands!.map(({ points }) => points)).toEqual([0, 50, 100]);
    expect(asLinear({ bands }).linear).toEqual([
      [49, 0],
      [50, 50],
      [75, 100],
    ]);
  });
});

describe('the picture', () => {
  it('is flat outside the points of a line', () => {
    const corners = outline({
      linear: [
        [0, 10],
        [100, 90],
      ],
    });
    expect(corners[0]).toEqual({ x: -8, y: 10 });
    expect(corners.at(-1)).toEqual({ x: 108, y: 90 });
  });

  it('steps at the edges of bands', () => {
    expect(outline({ bands }).filter(({ x }) => x === 50)).toEqual([
      { x: 50, y: 0 },
      { x: 50, y: 50 },
    ]);
  });
});

describe('shares', () => {
  it('count only the proportion, and nothing where all weights are zero', () => {
    expect(shareOf(40, [40, 25, 15, 10, 10])).toBe(0.4);
    expect(shareOf(2, [2, 2])).toBe(shareOf(30, [30, 30]));
    expect(shareOf(0, [0, 0])).toBe(0);
  });
});
