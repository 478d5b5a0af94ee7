import { describe, expect, it } from 'vitest';
import { contrast, legibleOn, parseHex, textContrast, wordsOn } from './colour';

describe('colours', () => {
  it('are read from six digits only', () => {
    expect(parseHex('#3556A6')).toEqual({ red: 0x35, green: 0x56, blue: 0xa6 });
    expect(parseHex('#fff')).toBeUndefined();
    expect(parseHex('red')).toBeUndefined();
  });

  it('have the contrast that WCAG names', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#123456', '#123456')).toBe(1);
  });

  it.each(['#ffe600', '#3556a6', '#000000', '#ffffff', '#808080', '#e60012', '#00a0e9'])(
    '%s becomes legible on light and dark grounds',
    (colour) => {
      for (const ground of ['#ffffff', '#fafafa', '#1a1a1e', '#000000', '#808080']) {
        expect(contrast(legibleOn(ground, colour), ground)).toBeGreaterThanOrEqual(textContrast);
      }
      expect(contrast(wordsOn(colour), colour)).toBeGreaterThanOrEqual(textContrast);
    },
  );

  it('stay as they are where they can be read', () => {
    expect(legibleOn('#ffffff', '#3556a6')).toBe('#3556a6');
  });
});
