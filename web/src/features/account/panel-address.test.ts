import { expect, it } from 'vitest';
import { panelAddress, panelContent, type PanelContent } from './panel-address';

const contents: PanelContent[] = [
  { kind: 'measure', key: 'open_tickets' },
  { kind: 'events', question: { user_key: 'tanaka.taro+1@example.jp' } },
  { kind: 'events', question: { feature: 'Message & Sent', day: '2026-11-21' } },
  { kind: 'contact', id: 12 },
  { kind: 'newContact' },
];

it.each(contents)('comes back from its address: $kind', (content) => {
  expect(panelContent(panelAddress(content))).toEqual(content);
});

it.each(['', 'measure', 'measure.', 'events.day=2026-02-31', 'events.x=1', 'contact.x', 'nonsense.1'])(
  'refuses %j',
  (address) => {
    expect(panelContent(address)).toBeUndefined();
  },
);
