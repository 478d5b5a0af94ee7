// Plays a vendor's product: makes a source as an administrator would, and sends calls with its key.
import { expect, type APIRequestContext, type Page } from '@playwright/test';

export interface Product {
  sourceId: number;
  key: string;
  /** One request with all calls; the answer's status and what was rejected. */
  send: (...calls: object[]) => Promise<{ status: number; rejected: { field: string }[] }>;
}

export async function csrfHeaders(request: APIRequestContext) {
  const { cookies } = await request.storageState();
  return { 'X-CSRF-Token': cookies.find(({ name }) => name === 'banso_csrf')?.value ?? '' };
}

export async function post<T>(request: APIRequestContext, path: string, data: object): Promise<T> {
  const response = await request.post(path, { data, headers: await csrfHeaders(request) });
  expect(response.ok(), await response.text()).toBe(true);
  return (await response.json()) as T;
}

/** `url` is the server's; the request carries an administrator's log-in. */
export async function connectProduct(request: APIRequestContext, url: string, name: string): Promise<Product> {
  const { id, write_key } = await post<{ id: number; write_key: string }>(request, `${url}/api/sources`, { name });
  return { sourceId: id, key: write_key, send: sender(url, write_key) };
}

export function sender(url: string, key: string): Product['send'] {
  return async (...calls) => {
    const response = await fetch(`${url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
      body: JSON.stringify({ batch: calls }),
    });
    const { rejected = [] } = (await response.json()) as { rejected?: { field: string }[] };
    return { status: response.status, rejected };
  };
}

export function track(userId: string, event: string, groupId: string | undefined, properties: object = {}) {
  return { type: 'track', userId, event, properties, ...(groupId === undefined ? {} : { context: { groupId } }) };
}

/** The accounts of a server by name, as the book has them. */
export async function firstAccount(page: Page): Promise<{ id: number; name: string }> {
  const response = await page.request.get('/api/book?limit=1');
  const { items } = (await response.json()) as { items: { id: number; name: string }[] };
  return items[0]!;
}

export async function addAccount(request: APIRequestContext, url: string, external_id: string, name: string) {
  return post<{ id: number }>(request, `${url}/api/accounts`, { external_id, name });
}
