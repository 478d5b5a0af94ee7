// Producers of events that behave as careful clients do: each sends one batch after another over a kept connection and
// sends a batch again, with the same message ids, until it is acknowledged. Every event carries a number, so that what
// is stored can be compared with what was acknowledged, one by one.
import { Agent, request } from 'node:http';
import { expect } from 'vitest';
import type { Client } from './client.ts';
import type { Call } from './intake.ts';

// After so many calls a producer speaks of another person: with one batch more, all fit on one page when read back.
const callsOfPerson = 700;
const day_ms = 86_400_000;

export interface Person {
  key: string;
  account: string; // external id
  numbers: number[]; // of the events acknowledged
}

export interface Answered {
  status: number;
  retryAfter: string | undefined;
  body: string;
}

export interface ProducerSettings {
  producers: number;
  callsOfBatch: () => number;
  accounts: string[]; // external ids
  pause_ms?: number; // between batches
  oldestDays?: number; // events are spread over so many days back from today
  padding?: number; // bytes of filler in every event
}

export class Producers {
  readonly people: Person[] = [];
  readonly statuses = new Map<number, number>(); // how often each was answered; 0: the connection broke
  readonly refusals: Answered[] = []; // 429 and 503, the first hundred
  readonly unexpected: string[] = [];
  private stopping = false;
  private running: Promise<void>[] = [];

  constructor(
    private readonly server: () => { url: string },
    private readonly key: string,
    private readonly settings: ProducerSettings,
  ) {}

  start(): this {
    this.stopping = false;
    this.running = Array.from({ length: this.settings.producers }, (_, index) => this.produce(index));
    return this;
  }

  // Every producer ends after its batch under way is acknowledged.
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }

  get acknowledged(): number {
    return this.people.reduce((sum, person) => sum + person.numbers.length, 0);
  }

  get refused(): number {
    return (this.statuses.get(429) ?? 0) + (this.statuses.get(503) ?? 0);
  }

  acknowledgedOf(account: string): number {
    return this.people.filter((person) => person.account === account).reduce((sum, person) => sum + person.numbers.length, 0);
  }

  private async produce(index: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let person: Person | undefined;
    let next = 0;
    while (!this.stopping) {
      const calls: Call[] = [];
      if (!person || person.numbers.length >= callsOfPerson) {
        person = this.newPerson(index);
        // Half of the people name their account once; their events then follow it.
        if (this.saysAccountOnce(person)) calls.push({ type: 'group', userId: person.key, groupId: person.account, messageId: `${person.key}-group` });
      }
      const size = this.settings.callsOfBatch();
      const numbers = Array.from({ length: size }, () => (next += 1));
      for (const n of numbers) calls.push(this.call(person, n));
      await this.sendUntilAcknowledged(agent, JSON.stringify({ batch: calls }));
      person.numbers.push(...numbers);
      if (this.settings.pause_ms) await pause(this.settings.pause_ms);
    }
    agent.destroy();
  }

  private newPerson(producer: number): Person {
    const { accounts } = this.settings;
    const key = `p${producer}-${this.people.length}`;
    const person = { key, account: accounts[this.people.length % accounts.length]!, numbers: [] };
    this.people.push(person);
    return person;
  }

  private saysAccountOnce(person: Person): boolean {
    return Number(person.key.split('-')[1]) % 2 === 1;
  }

  private call(person: Person, n: number): Call {
    const days = this.settings.oldestDays ?? 1;
    return {
      type: 'track',
      userId: person.key,
      event: `Feature ${n % 5}`,
      messageId: `${person.key}-${n}`,
      timestamp: new Date(Date.now() - (n % days) * day_ms).toISOString(),
      ...(this.saysAccountOnce(person) ? {} : { context: { groupId: person.account } }),
      properties: { n, ...(this.settings.padding ? { filler: 'x'.repeat(this.settings.padding) } : {}) },
    };
  }

  private async sendUntilAcknowledged(agent: Agent, body: string): Promise<void> {
    for (;;) {
      const answered = await post(`${this.server().url}/v1/batch`, this.key, body, agent).catch((): Answered => ({ status: 0, retryAfter: undefined, body: '' }));
      this.statuses.set(answered.status, (this.statuses.get(answered.status) ?? 0) + 1);
      if (answered.status === 200) {
        if (JSON.parse(answered.body).rejected?.length) this.unexpected.push(answered.body.slice(0, 500));
        return;
      }
      if (answered.status === 429 || answered.status === 503) {
        if (this.refusals.length < 100) this.refusals.push(answered);
      } else if (answered.status !== 0) {
        this.unexpected.push(`${answered.status}: ${answered.body.slice(0, 500)}`);
      }
      await pause(20);
    }
  }
}

export const pause = (time_ms: number) => new Promise((wait) => setTimeout(wait, time_ms));

function post(url: string, key: string, body: string, agent: Agent): Promise<Answered> {
  return new Promise((answered, failed) => {
    const sending = request(url, {
      method: 'POST',
      agent,
      timeout: 30_000,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      },
    });
    sending.on('timeout', () => sending.destroy(new Error('no answer in 30 seconds')));
    sending.on('error', failed);
    sending.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', failed);
      response.on('end', () => answered({ status: response.statusCode!, retryAfter: response.headers['retry-after'], body: text }));
    });
    sending.end(body);
  });
}

// Every acknowledged event is stored, once, on its account, and nothing else is: checked event by event.
// `accounts`: external id → id; `before`: events that each had already.
export async function expectStoredOnce(client: Client, producers: Producers, accounts: Map<string, number>, { before = 0, wait_s = 60 } = {}): Promise<void> {
  const end = Date.now() + wait_s * 1000;
  for (const [external, id] of accounts) {
    const persons = producers.people.filter((person) => person.account === external && person.numbers.length > 0);
    const groupCalls = persons.filter((person) => Number(person.key.split('-')[1]) % 2 === 1).length;
    const expected = before + producers.acknowledgedOf(external) + groupCalls;
    const total = async () => (await client.get(`/api/accounts/${id}/events?limit=1`)).body.total;
    while ((await total()) < expected && Date.now() < end) await pause(100);
    expect(await total(), `events of ${external}`).toBe(expected);
  }
  for (const person of producers.people) {
    const id = accounts.get(person.account)!;
    const rows = (await client.get(`/api/accounts/${id}/events?limit=1000&user_key=${person.key}`)).body.items;
    const stored = rows.filter((row: any) => row.kind === 'track').map((row: any) => row.properties.n);
    expect(stored.sort((a: number, b: number) => a - b), `events of ${person.key}`).toEqual(person.numbers);
  }
}
