import { describe, expect, it } from 'vitest';
import { tintOf } from './tint';

const percentOf = (share: number) => Number(/(\d+)%/.exec(String(tintOf(share).background))![1]);

describe('tintOf', () => {
  it('grows with the share and stays legible', () => {
    expect(percentOf(0)).toBe(0);
    expect(percentOf(0.5)).toBeLessThan(percentOf(0.9));
    expect(percentOf(3)).toBe(45);
  });
  it('is nothing where nothing is known', () => {
    expect(tintOf(null)).toEqual({});
  });
});
