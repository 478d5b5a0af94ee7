import { expect, it } from 'vitest';
import { snippet, snippetKinds } from './snippets';

it.each(snippetKinds)('%s carries the key and the address of this server', (kind) => {
  const text = snippet(kind, 'https://banso.example.jp:8443', 'KEY123');
  expect(text).toContain('KEY123');
  expect(text).toContain('banso.example.jp:8443');
});

it('gives the browser library host and protocol apart, as it wants them', () => {
  const text = snippet('browser', 'https://banso.example.jp', 'KEY123');
  expect(text).toContain("apiHost: 'banso.example.jp/v1'");
  expect(text).toContain("protocol: 'https'");
});
