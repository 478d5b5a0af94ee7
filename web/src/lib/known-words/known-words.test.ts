import i18next from 'i18next';
import { expect, it } from 'vitest';
import { knownWords, wordFor } from './known-words';
import en from './locale/en.json';
import ja from './locale/ja.json';

const texts = i18next.createInstance();
await texts.init({ lng: 'ja', resources: { ja: { 'known-words': ja }, en: { 'known-words': en } } });
const japanese = texts.getFixedT('ja', 'known-words');
const english = texts.getFixedT('en', 'known-words');

it('says known keys in the reader’s words and leaves what people entered', () => {
  expect(wordFor(japanese, 'ja', 'phase', 'optimisation')).toBe('活用拡大');
  expect(wordFor(english, 'en', 'industry', 'real_estate')).toBe('Real estate');
  expect(wordFor(japanese, 'ja', 'phase', '更新交渉')).toBe('更新交渉');
});

it('has a word in both languages for every key it claims to know', () => {
  for (const [field, keys] of Object.entries(knownWords)) {
    for (const key of keys) {
      expect(Object.keys(ja.word[field as keyof typeof knownWords])).toContain(key);
      expect(Object.keys(en.word[field as keyof typeof knownWords])).toContain(key);
    }
  }
});

it('names countries, languages and sizes, and leaves other texts alone', () => {
  expect(wordFor(japanese, 'ja', 'country', 'JP')).toBe('日本');
  expect(wordFor(english, 'en', 'country', 'Japan')).toBe('Japan');
  expect(wordFor(japanese, 'ja', 'language', 'en')).toBe('英語');
  expect(wordFor(japanese, 'ja', 'size', '50-249')).toBe('50〜249名');
  expect(wordFor(english, 'en', 'size', '1000+')).toBe('1000+ people');
  expect(wordFor(english, 'en', 'size', 'huge')).toBe('huge');
});
