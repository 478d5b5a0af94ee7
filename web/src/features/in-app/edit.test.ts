import { describe, expect, it } from 'vitest';
import { addItem, cleaned, isComplete, isSafeUrl } from './edit';
import { emptyMessage, type MessageBody } from './types';

const named: MessageBody = { ...emptyMessage, name: { ja: 'あ', en: 'A' }, title: { ja: 'あ', en: 'A' } };

describe('the editor of an in-app message', () => {
  it('leads nowhere unsafe', () => {
    for (const url of ['https://example.com', '/settings?x=1']) expect(isSafeUrl(url)).toBe(true);
    for (const url of ['http://example.com', '//evil', '/\\evil', 'javascript:alert(1)', '']) {
      expect(isSafeUrl(url)).toBe(false);
    }
  });

  it('knows what cannot be saved yet', () => {
    expect(isComplete(emptyMessage)).toBe(false);
    expect(isComplete(named)).toBe(true);
    expect(isComplete({ ...named, form: 'checklist' })).toBe(false);
    expect(isComplete({ ...named, form: 'checklist', items: addItem([]) })).toBe(false);
    expect(isComplete({ ...named, link: { label: { ja: '開く', en: 'Open' }, url: 'javascript:x' } })).toBe(false);
  });

  it('gives every item a key of its own and drops items of other forms', () => {
    const items = addItem(addItem([]).slice(0, 1));
    expect(items.map(({ key }) => key)).toEqual(['item_1', 'item_2']);
    expect(addItem(items.slice(1)).map(({ key }) => key)).toEqual(['item_2', 'item_3']);
    expect(cleaned({ ...named, items }).items).toBeUndefined();
  });
});
