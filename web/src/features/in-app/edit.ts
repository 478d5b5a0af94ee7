// Changes to a message's body, and whether it can be saved.
import type { ItemBody, MessageBody } from './types';

const isNamed = ({ ja, en }: { ja: string; en: string }) => ja.trim() !== '' && en.trim() !== '';

/** What a browser may safely be led to, as the server checks it. */
export function isSafeUrl(url: string): boolean {
  return url.startsWith('https://') || (url.startsWith('/') && !url.startsWith('//') && !url.startsWith('/\\'));
}

export function addItem(items: readonly ItemBody[]): ItemBody[] {
  let number = items.length + 1;
  while (items.some(({ key }) => key === `item_${number}`)) number++;
  return [...items, { key: `item_${number}`, label: { ja: '', en: '' } }];
}

/** Without what its form does not have. */
export function cleaned(body: MessageBody): MessageBody {
  const { items, ...rest } = body;
  return body.form === 'checklist' ? { ...rest, items: items ?? [] } : rest;
}

export function isComplete(body: MessageBody): boolean {
  const hasItems =
    (body.items?.length ?? 0) > 0 && body.items!.every(({ label, url }) => isNamed(label) && (!url || isSafeUrl(url)));
  return (
    isNamed(body.name) &&
    isNamed(body.title) &&
    (!body.link || (isNamed(body.link.label) && isSafeUrl(body.link.url))) &&
    (body.form !== 'checklist' || hasItems)
  );
}
