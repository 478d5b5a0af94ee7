// A vendor's product as Banso sees it: calls of Segment's tracking API with a write key, no cookies. And the way to see
// what became of them: whole histories read back over the API.
import { expect } from 'vitest';
import type { Server } from './banso.ts';
import type { Client } from './client.ts';

export interface Call {
  type?: string;
  userId?: string;
  anonymousId?: string;
  event?: string;
  messageId?: string;
  [field: string]: unknown;
}

export interface Reply {
  status: number;
  headers: Headers;
  body: any;
}

export class Source {
  constructor(
    readonly server: { url: string },
    readonly id: number,
    readonly key: string,
  ) {}

  static async make(server: Server, admin: Client, name: string): Promise<Source> {
    const made = await admin.post('/api/sources', { name });
    expect(made.status, made.text).toBe(201);
    return new Source(server, made.body.id, made.body.write_key);
  }

  authorization(): string {
    return `Basic ${Buffer.from(`${this.key}:`).toString('base64')}`;
  }

  async send(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(this.server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: this.authorization(), ...headers },
      body: raw ? (body as BodyInit) : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
  }

  async batch(calls: Call[], more: Record<string, unknown> = {}): Promise<Reply> {
    return this.send('/v1/batch', { batch: calls, ...more });
  }
}

export async function newAccount(admin: Client, externalId: string, more: object = {}): Promise<number> {
  const made = await admin.post('/api/accounts', { external_id: externalId, name: externalId, ...more });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}

// What was acknowledged shows soon, not at once: reads until it holds, and gives what was read last.
export async function eventually<T>(read: () => Promise<T>, holds: (value: T) => boolean, seconds = 15): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (holds(value) || Date.now() > end) return value;
    await new Promise((wait) => setTimeout(wait, 100));
  }
}

const rowsOfPage = 1000;

export async function eventsTotal(client: Client, account: number, query = ''): Promise<number> {
  const answer = await client.get(`/api/accounts/${account}/events?limit=1${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.total;
}

// Every stored event of an account, page by page.
export async function allEvents(client: Client, account: number): Promise<any[]> {
  const rows: any[] = [];
  for (;;) {
    const answer = await client.get(`/api/accounts/${account}/events?limit=${rowsOfPage}&offset=${rows.length}`);
    expect(answer.status, answer.text).toBe(200);
    rows.push(...answer.body.items);
    if (answer.body.items.length === 0 || rows.length >= answer.body.total) return rows;
  }
}
