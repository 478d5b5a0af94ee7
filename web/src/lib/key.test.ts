import { describe, expect, it } from 'vitest';
import { keyFrom } from './key';

describe('the key that a name suggests', () => {
  it.each([
    ['At risk, renewing soon', 'at_risk_renewing_soon'],
    ['  90 days!', '90_days'],
    ['要注意', ''],
    ['x'.repeat(80), 'x'.repeat(64)],
  ])('%s becomes %s', (name, key) => expect(keyFrom(name)).toBe(key));
});
