import { expect, it } from 'vitest';
import { contrast } from '../lib/colour';
import { accentRules } from './look';

it('makes any colour legible in both themes', () => {
  const rules = accentRules('#ffe600');
  const [light, dark] = [...rules.matchAll(/--accent-text: (#[0-9a-f]{6})/g)].map((match) => match[1]!);
  expect(contrast(light!, '#f4f4f5')).toBeGreaterThanOrEqual(4.5);
  expect(contrast(dark!, '#26262b')).toBeGreaterThanOrEqual(4.5);
  expect(rules).toContain('--on-accent: #000000');
});

it('lets nothing but a colour into the style sheet', () => {
  expect(accentRules('red; } body { display: none')).toBe('');
});
