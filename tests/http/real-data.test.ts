// Runs the commands of docs/guide/real-data.md as they stand, then looks at the scored books over HTTP.
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { binary, freshFolder, hasSharedData, root, run, sharedData, startServer } from '../support/banso.ts';
import { Client } from '../support/client.ts';

const walk = freshFolder();

// The shell blocks of a guide, in order.
function commandsOf(guide: string): string {
  return [...readFileSync(join(root, guide), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]).join('\n');
}

async function signedIn(url: string): Promise<Client> {
  const client = new Client(url);
  expect((await client.post('/api/session', { email: 'admin@example.com', password: 'correct horse battery' })).status).toBe(200);
  return client;
}

describe.skipIf(!hasSharedData)('the walk with real data', () => {
  let output = '';

  beforeAll(async () => {
    mkdirSync(join(walk, 'bin'));
    symlinkSync(binary, join(walk, 'bin/banso'));
    const finished = await run(['-e', '-c', commandsOf('docs/guide/real-data.md')], {
      command: 'bash',
      cwd: root,
      env: { PATH: `${join(walk, 'bin')}:${process.env.PATH}`, SHARED: sharedData, WALK: walk },
    });
    output = finished.stdout + finished.stderr;
    expect(finished.code, output).toBe(0);
  }, 600_000);
  afterAll(() => rmSync(walk, { recursive: true, force: true }));

  test('takes in every row of both vendors', () => {
    for (const rows of ['7043', '296', '4923', '99663']) expect(output.replaceAll(',', '')).toMatch(new RegExp(`${rows} rows: ${rows} created`));
  });

  test('both languages of the guide run the same commands', () => {
    const withoutWords = (guide: string) => commandsOf(guide).replaceAll(/--name ("[^"]*"|\S+)/g, '');
    expect(withoutWords('docs/guide/real-data.ja.md')).toBe(withoutWords('docs/guide/real-data.md'));
  });

  test('telco comes out as a scored book in which those who left score lower', async () => {
    const data = join(walk, 'telco');
    if (!(await run(['--data', data, 'user', 'list'])).stdout.includes('admin@example.com')) {
      await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', 'admin@example.com', '--role', 'admin'], { input: 'correct horse battery\n' });
    }
    const server = await startServer({ data });
    try {
      const client = await signedIn(server.url);
      const book = (await client.get('/api/book?limit=1')).body;
      expect(book.total).toBe(7043);
      expect(book.summary.levels.none?.count ?? 0).toBeLessThan(100);
    } finally {
      await server.stop();
    }
  });

  test('crm comes out scored, and its daily counts and users equal the published ones', async () => {
    const data = join(walk, 'crm');
    if (!(await run(['--data', data, 'user', 'list'])).stdout.includes('admin@example.com')) {
      await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', 'admin@example.com', '--role', 'admin'], { input: 'correct horse battery\n' });
    }
    const server = await startServer({ data });
    try {
      const client = await signedIn(server.url);
      expect((await client.get('/api/book?limit=1')).body.total).toBe(296);
      // Published truth: events and distinct users per account, day and event type. Here by account and day.
      const truth = new Map<string, number>();
      for (const line of gunzipSync(readFileSync(join(sharedData, 'crm/events_daily.csv.gz'))).toString().split('\n').slice(1)) {
        const [account, day, , events] = line.split(',');
        if (day) truth.set(`${account} ${day}`, (truth.get(`${account} ${day}`) ?? 0) + Number(events));
      }
      const log = gunzipSync(readFileSync(join(sharedData, 'crm/events_120_accounts.csv.gz'))).toString().split('\n').slice(1);
      const accounts = [...new Set(log.map((line) => line.split(',')[0]!).filter(Boolean))].slice(0, 10);
      for (const external of accounts) {
        const found = (await client.get(`/api/book?q=${external}&limit=50`)).body.items.find((item: any) => item.external_id === external);
        expect(found, external).toBeTruthy();
        const usage = (await client.get(`/api/accounts/${found.id}/usage?from=2022-01-01&to=2024-01-31`)).body;
        usage.days.forEach((day: string, index: number) => {
          expect(usage.events[index], `${external} ${day}`).toBe(truth.get(`${external} ${day}`) ?? 0);
        });
      }
    } finally {
      await server.stop();
    }
  });
});
