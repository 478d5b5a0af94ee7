// The customers' own view for the tests in the browser: a rule that shares all of it, and the eyes of a customer.
import { expect, type APIRequestContext } from '@playwright/test';
import { csrfHeaders } from './intake/product';

const both = (ja: string, en: string) => ({ ja, en });
const shows = { journey: true, plan: true, adoption: true, value: true, people: true, documents: true, tickets: true, surveys: true, health: true, paid: true, company_tickets: true };
const ruleKey = 'everything';

/** Shares everything with everybody, once. */
export async function shareEverything(request: APIRequestContext) {
  const { items } = (await (await request.get('/api/definitions?kind=portal_sharing')).json()) as { items: { key: string }[] };
  if (items.some(({ key }) => key === ruleKey)) return;
  const headers = await csrfHeaders(request);
  const { items: fields } = (await (await request.get('/api/book/fields')).json()) as { items: { key: string; choices?: { value: string }[] }[] };
  const levels = fields.find(({ key }) => key === 'level')?.choices ?? [];
  const data = {
    name: both('すべてを共有', 'Everything'),
    rank: 1,
    shows,
    health_words: Object.fromEntries(levels.map(({ value }) => [value, both('順調にご利用いただいています。', 'Things are going well.')])),
    health_needs_consent: true,
  };
  const path = `/api/definitions/portal_sharing/${ruleKey}`;
  const draft = await request.put(`${path}/draft`, { data, headers });
  expect(draft.ok(), await draft.text()).toBe(true);
  const published = await request.post(`${path}/publish`, { data: { why: '最初の版' }, headers });
  expect(published.ok(), await published.text()).toBe(true);
}

export function sharingRule(path: string) {
  return async (request: APIRequestContext): Promise<string> => {
    await shareEverything(request);
    return path;
  };
}

interface Contact {
  id: number;
  left_day: string | null;
}

/** Somebody to look as: of an account with a plan that the customer knows, else of the first with a person. */
async function somebody(request: APIRequestContext): Promise<{ account: number; contact: number }> {
  const { items: plans } = (await (await request.get('/api/plans?scope=all&state=active&limit=20')).json()) as { items: { account_id: number }[] };
  const { items: book } = (await (await request.get('/api/book?limit=20')).json()) as { items: { id: number }[] };
  for (const account of [...plans.map(({ account_id }) => account_id), ...book.map(({ id }) => id)]) {
    const { items } = (await (await request.get(`/api/accounts/${account}/contacts`)).json()) as { items: Contact[] };
    const contact = items.find(({ left_day }) => left_day === null);
    if (contact) return { account, contact: contact.id };
  }
  throw new Error('no account of the demo has a person');
}

/** A page of the portal as one of us sees it who looks as a customer would: with the customer's cookie, to read only. */
export function asCustomer(path: string) {
  return async (request: APIRequestContext): Promise<string> => {
    await shareEverything(request);
    const { account, contact } = await somebody(request);
    const looked = await request.post(`/api/accounts/${account}/portal/view`, { data: { contact_id: contact }, headers: await csrfHeaders(request) });
    expect(looked.ok(), await looked.text()).toBe(true);
    return path;
  };
}
