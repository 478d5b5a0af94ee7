import { expect, it } from 'vitest';
import { isComplete, newSharing, sendableSharing } from './sharing';

const both = (text: string) => ({ ja: text, en: text });

it('needs words for every level only where they are shown', () => {
  const body = newSharing(both('全社'));
  expect(isComplete(body, ['good', 'bad'])).toBe(true);
  const shown = { ...body, shows: { ...body.shows, health: true }, health_words: { good: both('よい') } };
  expect(isComplete(shown, ['good', 'bad'])).toBe(false);
  expect(isComplete({ ...shown, health_words: { good: both('よい'), bad: both('ご相談を') } }, ['good', 'bad'])).toBe(
    true,
  );
  expect(isComplete({ ...body, name: { ja: '全社', en: ' ' } }, [])).toBe(false);
});

it('shares what they pay, the tickets of the whole company and how things go only once somebody says so', () => {
  const { shows } = newSharing(both('全社'));
  expect(Object.keys(shows).filter((part) => !shows[part as keyof typeof shows])).toEqual([
    'paid',
    'health',
    'company_tickets',
  ]);
});

it('sends neither an absent condition nor empty words', () => {
  const body = { ...newSharing(both('全社')), condition: null, health_words: { good: both(''), bad: both('言葉') } };
  expect(sendableSharing(body)).not.toHaveProperty('condition');
  expect(Object.keys(sendableSharing(body).health_words)).toEqual(['bad']);
});
