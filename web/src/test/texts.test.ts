// Every text in both languages, none missing where it is used, none left over.
import { describe, expect, it } from 'vitest';
import { namespaceOf } from '../app/i18n';

type Texts = { [key: string]: string | Texts };

const japanese = import.meta.glob<Texts>('/src/**/locale/ja.json', { eager: true, import: 'default' });
const english = import.meta.glob<Texts>('/src/**/locale/en.json', { eager: true, import: 'default' });
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*', '!../api/schema.d.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

const plural = /_(zero|one|two|few|many|other)$/;

/** Dotted keys without their plural endings, which differ between languages. */
function keysOf(texts: Texts, prefix = ''): string[] {
  const keys = Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key.replace(plural, '')] : keysOf(value, `${prefix}${key}.`),
  );
  return [...new Set(keys)];
}

function valuesOf(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : valuesOf(value, `${prefix}${key}.`),
  );
}

function byNamespace(files: Record<string, Texts>): Map<string, Texts> {
  return new Map(Object.entries(files).map(([path, texts]) => [namespaceOf(path), texts]));
}

interface Use {
  namespace: string;
  /** A whole key, or what stands before the part that is computed. */
  key: string;
  isPrefix: boolean;
  file: string;
}

/** The namespace that `t` has in a file: what its useTranslation calls name, and nothing else. */
function usesIn(file: string, source: string): Use[] {
  const named = [
    ...source.matchAll(/useTranslation\('([\w-]+)'\)|getFixedT\(null, '([\w-]+)'\)|TFunction<'([\w-]+)'>/g),
  ].map((match) => match[1] ?? match[2] ?? match[3]!);
  const own = new Set(named.length > 0 ? named : ['common']);
  expect(
    [...own].length,
    `${file} uses texts of several namespaces; name the second one in the key, as in t('common:save')`,
  ).toBe(1);
  const [namespace] = [...own];
  const quoted = [...source.matchAll(/\bt\(\s*(?:[\w.]+ \? )?'([\w:.-]+)'(?:\s*:\s*'([\w:.-]+)')?/g)].flatMap(
    (match) => [match[1], match[2]],
  );
  const ternaries = [...source.matchAll(/\bt\(\s*[^'"`()]*\? '([\w:.-]+)' : '([\w:.-]+)'/g)].flatMap((match) => [
    match[1],
    match[2],
  ]);
  const labels = [...source.matchAll(/\b(?:label|title|textKey|labelKey|titleKey): '([a-z][\w-]*(?:\.[\w-]+)+)'/g)].map(
    (match) => match[1],
  );
  const templates = [...source.matchAll(/\bt\(\s*`([\w:.-]*)\$\{/g)].map((match) => match[1]!);
  const use = (text: string, isPrefix: boolean): Use => {
    const [first, second] = text.split(':');
    return second === undefined
      ? { namespace: namespaceForLabels(file) ?? namespace!, key: first!, isPrefix, file }
      : { namespace: first!, key: second, isPrefix, file };
  };
  const whole = [...new Set([...quoted, ...ternaries, ...labels])].filter((key) => key !== undefined);
  return [...whole.map((key) => use(key, false)), ...templates.map((key) => use(key, true))];
}

/** Lists of menu entries name keys without a `t` of their own. */
function namespaceForLabels(file: string): string | undefined {
  return file.endsWith('app/navigation.ts') ? 'app' : undefined;
}

const ja = byNamespace(japanese);
const en = byNamespace(english);
const uses = Object.entries(sources).flatMap(([file, source]) =>
  usesIn(file, source.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')),
);

describe('texts', () => {
  it('exist for the same rooms in both languages', () => {
    expect([...ja.keys()].sort()).toEqual([...en.keys()].sort());
    expect(ja.size).toBeGreaterThan(2);
  });

  it.each([...en.keys()])('%s has the same keys in Japanese and English', (namespace) => {
    expect(keysOf(ja.get(namespace)!).sort()).toEqual(keysOf(en.get(namespace)!).sort());
  });

  it.each([...en.keys()])('%s has the same figures to fill in', (namespace) => {
    const blanks = (texts: Texts) =>
      Object.fromEntries(
        valuesOf(texts)
          .filter(([key]) => !/_(zero|one|two|few|many)$/.test(key))
          .map(([key, value]) => [key, [...new Set(value.match(/\{\{\w+\}\}/g) ?? [])].sort()]),
      );
    expect(blanks(ja.get(namespace)!)).toEqual(blanks(en.get(namespace)!));
  });

  it('are there wherever they are used', () => {
    const missing = uses.filter(({ namespace, key, isPrefix }) => {
      const keys = keysOf(en.get(namespace) ?? {});
      return isPrefix ? !keys.some((known) => known.startsWith(key)) : !keys.includes(key);
    });
    expect(missing.map(({ file, namespace, key }) => `${file}: ${namespace}:${key}`)).toEqual([]);
  });

  it('are all used', () => {
    const unused = [...en].flatMap(([namespace, texts]) =>
      keysOf(texts)
        .filter(
          (key) =>
            !uses.some(
              (use) => use.namespace === namespace && (use.isPrefix ? key.startsWith(use.key) : use.key === key),
            ),
        )
        .map((key) => `${namespace}:${key}`),
    );
    expect(unused).toEqual([]);
  });

  it('are polite and complete in Japanese: no half-width kana, no English left standing', () => {
    const odd = [...ja].flatMap(([namespace, texts]) =>
      valuesOf(texts)
        .filter(([, text]) => text.trim() === '' || /[\uff61-\uff9f]/.test(text))
        .map(([key]) => `${namespace}:${key}`),
    );
    expect(odd).toEqual([]);
  });
});
