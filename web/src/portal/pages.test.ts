import { expect, it } from 'vitest';
import { pagesFor } from './pages';

const nothing = {
  journey: false,
  plan: false,
  adoption: false,
  value: false,
  people: false,
  documents: false,
  tickets: false,
  surveys: false,
  health: false,
  paid: false,
  company_tickets: false,
};

it('has only the pages that are shared', () => {
  expect(pagesFor({ shows: nothing }).map(({ path }) => path)).toEqual(['/portal']);
  expect(pagesFor({ shows: { ...nothing, value: true, plan: true } }).map(({ name }) => name)).toEqual([
    'home',
    'plan',
    'value',
  ]);
});
