import { expect, test } from 'vitest';
import { faultOf, inWords, operandsOf, wordAt } from './expression';

const keys = new Set(['opens', 'seats', 'days_90d']);
const kind = (text: string) => faultOf(text, keys, 'own')?.kind;

test('takes numbers, measures, signs, parentheses and functions', () => {
  for (const text of [
    'opens',
    'opens / (seats + 1) * 100',
    '-opens + .5',
    'max(opens, seats, 3) - min(1, 2)',
    'round(abs(opens - seats) / 7)',
    '- - 3',
    'opens\n+ seats',
  ]) {
    expect(faultOf(text, keys, 'own'), text).toBeUndefined();
  }
});

test('says what is wrong and where', () => {
  expect(faultOf('opens + opnes', keys, 'own')).toEqual({ kind: 'unknown', from: 8, to: 13 });
  expect(faultOf('opens + (seats', keys, 'own')).toEqual({ kind: 'open', from: 8, to: 9 });
  expect(faultOf('opens) + 1', keys, 'own')).toEqual({ kind: 'close', from: 5, to: 6 });
  expect(faultOf('opens * / 3', keys, 'own')).toEqual({ kind: 'operand', from: 8, to: 9 });
  expect(faultOf('opens +', keys, 'own')).toEqual({ kind: 'end', from: 7, to: 7 });
  expect(faultOf('opens % 3', keys, 'own')).toEqual({ kind: 'sign', from: 6, to: 7 });
  expect(faultOf('own / 2', keys, 'own')).toEqual({ kind: 'self', from: 0, to: 3 });
  expect(faultOf('opens + 席数', keys, 'own')).toEqual({ kind: 'unknown', from: 8, to: 10 });
  expect(kind('')).toBe('end');
  expect(kind('opens seats')).toBe('sign');
});

test('knows the word at the caret', () => {
  expect(wordAt('opens + sea', 11)).toEqual({ word: 'sea', from: 8, to: 11 });
  expect(wordAt('opens + seats', 10)).toEqual({ word: 'se', from: 8, to: 13 });
  expect(wordAt('opens + チケット', 11)).toEqual({ word: 'チケッ', from: 8, to: 12 });
  expect(wordAt('opens ', 6)).toEqual({ word: '', from: 6, to: 6 });
});

test('reads a formula aloud with the names of the measures', () => {
  const names: Record<string, string> = { opens: '未解決チケット', seats: '席数' };
  expect(inWords('opens/(seats+1)*100', (key) => names[key])).toBe('未解決チケット ÷ (席数 + 1) × 100');
  expect(inWords('max(opens,2)', (key) => names[key])).toBe('max (未解決チケット, 2)');
});

test('lists the measures in a formula once each', () => {
  expect(operandsOf('max(opens, 2) / (seats + opens)')).toEqual(['opens', 'seats']);
});
