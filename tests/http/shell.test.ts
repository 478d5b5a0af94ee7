// The commands of the binary: help, wrong input, repeatable demos, round trips, and what a power cut leaves.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, run, startServer } from '../support/banso.ts';
import { Client, password, setUp } from '../support/client.ts';

const folders: string[] = [];
const folder = () => {
  folders.push(freshFolder());
  return folders.at(-1)!;
};
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })));

const japanese = { env: { LANG: 'ja_JP.UTF-8' } };
const isJapanese = /[ぁ-ん]/;

async function banso(args: string[], options?: Parameters<typeof run>[1]) {
  const finished = await run(args, options);
  expect(finished.code, `${args.join(' ')}\n${finished.stdout}${finished.stderr}`).toBe(0);
  return finished;
}

async function demo(seed = '5'): Promise<string> {
  const data = folder();
  await banso(['--data', data, 'demo', '--accounts', '12', '--months', '4', '--seed', seed, '--until', '2026-10-01']);
  return data;
}

test('every command explains itself', async () => {
  const help = (await banso(['--help'])).stdout;
  const commands = ['serve', 'import', 'export', 'demo', 'evaluate', 'migrate', 'user', 'workspace', 'routes'];
  for (const command of commands) {
    expect(help).toMatch(new RegExp(`^  ${command} +[A-Z].{20,}`, 'm'));
    const own = (await banso([command, '--help'])).stdout;
    expect(own, command).toContain('Usage:');
    // What an option does stands beside it, or below where its name is long.
    for (const option of own.matchAll(/^ {2}(--\S+)(.*(?:\n {10,}\S.*)?)$/gm)) expect(option[2], `${command} ${option[1]}`).toMatch(/\s{2,}\S/);
  }
  expect((await banso(['user', 'add', '--help'])).stdout).toContain('--email');
});

test('wrong input ends with 2 and a sentence in the language of the shell', async () => {
  const data = folder();
  const note = join(data, 'note.csv');
  writeFileSync(note, 'colour,weight\nred,1\n');
  const lines: [string[], RegExp][] = [
    [['import', '/nowhere.csv', '--as', 'accounts'], /\/nowhere\.csv/],
    [['import', note, '--as', 'kings'], /kings/],
    [['import', note, '--as', 'accounts'], /external.?id|外部/i],
    [['import', note, '--as', 'accounts', '--map', '/nowhere.json'], /nowhere\.json/],
    [['export', 'kings'], /accounts/],
    [['export', 'accounts', '--format', 'pdf'], /csv/],
    [['evaluate', '--as-of', '2026-02-30'], /--as-of/],
    [['evaluate', '--account', 'nobody'], /nobody/],
    [['demo', '--accounts', '0'], /accounts/],
    [['demo', '--until', 'soon'], /--until/],
    [['user', 'add', '--name', 'A', '--email', 'a@example.com', '--role', 'king'], /role/],
    [['workspace', '--currency', 'yen'], /currency/],
    [['workspace', '--timezone', 'Mars/Base'], /timezone|Mars/],
    [['workspace', '--book-day', '2026-02-30'], /book/],
  ];
  for (const [args, named] of lines) {
    const english = await run(['--data', data, ...args]);
    expect(english.code, `${args.join(' ')}\n${english.stdout}${english.stderr}`).toBe(2);
    expect(english.stderr, args.join(' ')).toMatch(named);
    expect(english.stderr, args.join(' ')).not.toMatch(isJapanese);
    const other = await run(['--data', data, ...args], japanese);
    expect(other.code, args.join(' ')).toBe(2);
    expect(other.stderr, args.join(' ')).toMatch(isJapanese);
  }
  for (const args of [[], ['frobnicate'], ['serve', '--port', 'x'], ['import'], ['demo', '--colour', 'red'], ['user']]) {
    const finished = await run(args, { cwd: data });
    expect(finished.code, args.join(' ')).toBe(2);
    expect(finished.stderr).toMatch(/\w+ \w+/);
  }
});

test('also a line that cannot be understood is answered in Japanese', async () => {
  expect((await run(['serve', '--port', 'x'], japanese)).stderr).toMatch(isJapanese);
});

test('that a folder is in use is said in Japanese', async () => {
  const server = await startServer();
  try {
    expect((await run(['--data', server.data, 'evaluate'], japanese)).stderr).toMatch(isJapanese);
  } finally {
    await server.stop();
  }
});

test('an unknown command is named', async () => {
  expect((await run(['frobnicate'])).stderr).toContain('frobnicate');
});

test('a data folder that cannot be made is bad input, with a sentence', async () => {
  const finished = await run(['--data', '/proc/nowhere', 'evaluate']);
  expect(finished.code).toBe(2);
  expect(finished.stderr).not.toContain('filesystem error');
});

test('a demo is the same for the same seed, and another for another', async () => {
  const [one, two, other] = [await demo('5'), await demo('5'), await demo('6')];
  for (const kind of ['accounts', 'contacts', 'subscriptions', 'tickets', 'surveys']) {
    const first = (await banso(['--data', one, 'export', kind])).stdout;
    expect(first.split('\n').length, kind).toBeGreaterThan(3);
    expect((await banso(['--data', two, 'export', kind])).stdout, kind).toBe(first);
    expect((await banso(['--data', other, 'export', kind])).stdout, kind).not.toBe(first);
  }
  const scores = async (data: string) =>
    JSON.parse((await banso(['--data', data, 'evaluate', '--json'])).stdout).items.map((row: any) => [row.external_id, row.score, row.level]).sort();
  const scored = await scores(one);
  expect(scored.length).toBe(12);
  expect(scored.filter(([, score]: any) => score !== null).length).toBeGreaterThan(5);
  expect(await scores(two)).toEqual(scored);
  const again = await run(['--data', one, 'demo']);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('--data');

  // One account explained, and an earlier day.
  const id = scored[0][0];
  expect((await banso(['--data', one, 'evaluate', '--account', id])).stdout).toMatch(/\d/);
  expect((await banso(['--data', one, 'evaluate', '--account', id], japanese)).stdout).toMatch(isJapanese);
  const early = JSON.parse((await banso(['--data', one, 'evaluate', '--json', '--as-of', '2026-07-31'])).stdout);
  expect(early.as_of).toBe('2026-07-31');
  expect(early.items.map((row: any) => row.score)).not.toEqual(JSON.parse((await banso(['--data', one, 'evaluate', '--json'])).stdout).items.map((row: any) => row.score));
}, 240_000);

describe('what was exported', () => {
  let from: string;
  let to: string;
  const map = () => join(to, 'map.json');
  const accountFields = ['external_id', 'name', 'reading', 'parent', 'phase', 'owner', 'industry', 'size', 'region', 'country', 'plan', 'created_day', 'domains'];

  beforeAll(async () => {
    from = await demo();
    to = folder();
    await banso(['--data', to, 'workspace', '--timezone', 'Asia/Tokyo', '--currency', 'JPY']);
    const columns = Object.fromEntries(accountFields.map((field) => [field, { column: field }]));
    writeFileSync(map(), JSON.stringify({ columns, attributes: { '*': true } })); // every further column is an attribute
  });

  async function roundTrip(kind: string): Promise<void> {
    const exported = (await banso(['--data', from, 'export', kind, '--bom'])).stdout;
    const file = join(to, `${kind}.csv`);
    writeFileSync(file, exported);
    const rows = exported.trim().split('\n').length - 1;
    const command = ['--data', to, 'import', file, '--as', kind, '--json', ...(kind === 'accounts' ? ['--map', map()] : [])];
    const counts = async (args: string[]) => {
      const answer = JSON.parse((await banso(args)).stdout);
      return answer.counts ?? answer;
    };
    expect(await counts([...command, '--dry-run']), kind).toMatchObject({ rows, rejected: 0 });
    expect(await counts(command), kind).toMatchObject({ rows, created: rows, rejected: 0 });
    const sorted = (csv: string) => csv.replace('\ufeff', '').trim().split('\n').sort();
    expect(sorted((await banso(['--data', to, 'export', kind])).stdout), kind).toEqual(sorted(exported));
    expect(await counts(command), kind).toMatchObject({ rows, created: 0, updated: 0, unchanged: rows });
  }

  test.each(['accounts', 'contacts', 'subscriptions', 'surveys', 'interactions', 'tickets', 'attendance'])(
    '%s go in elsewhere and come out the same',
    roundTrip,
  );

  test('accounts leave with their domains', async () => {
    expect((await banso(['--data', from, 'export', 'accounts'])).stdout.split('\n')[0]).toContain('domain');
  });
});

test('refused rows of an import on the shell are written beside, and go in once mended', async () => {
  const data = folder();
  const file = join(data, 'a.csv');
  writeFileSync(file, 'external_id,name,created_day\nA-1,One,2024-02-01\nA-2,Two,2024-02-30\n');
  const finished = await banso(['--data', data, 'import', file, '--as', 'accounts'], { ...japanese, cwd: data });
  expect(finished.stdout + finished.stderr).toContain('2024-02-30');
  expect(finished.stdout + finished.stderr).toMatch(isJapanese);
  const rejected = readdirSync(data).find((name) => name.includes('rejected'))!;
  const mended = join(data, rejected);
  writeFileSync(mended, readFileSync(mended, 'utf8').replace('2024-02-30', '2024-02-29'));
  expect((await banso(['--data', data, 'import', mended, '--as', 'accounts'], { cwd: data })).stdout).toContain('1 created');
  expect((await banso(['--data', data, 'export', 'accounts'])).stdout).toContain('A-2,Two');
});

test('what was acknowledged before a power cut is there once afterwards', async () => {
  const data = folder();
  let server = await startServer({ data });
  const admin = await setUp(server.url);
  const acknowledged: string[] = [];
  // Writes keep coming while the power goes.
  const writing = (async () => {
    for (let i = 0; i < 500; i += 1) {
      try {
        const answer = await admin.post('/api/accounts', { external_id: `P-${i}`, name: `Power ${i}` });
        if (answer.status === 201) acknowledged.push(`P-${i}`);
      } catch {
        return;
      }
    }
  })();
  while (acknowledged.length < 25) await new Promise((wait) => setTimeout(wait, 5));
  await server.kill();
  await writing;
  server = await startServer({ data });
  try {
    const second = new Client(server.url);
    expect((await second.post('/api/session', { email: 'admin@example.com', password })).status).toBe(200);
    const csv = (await second.request('GET', '/api/book/export.csv?columns=external_id')).text;
    for (const id of acknowledged) {
      expect(csv.split(/[,\r\n]/).filter((cell: string) => cell === id), id).toEqual([id]);
      const hits = (await second.get(`/api/search?q=${id}&limit=100`)).body.items;
      expect(hits.filter((hit: any) => hit.title === `Power ${id.slice(2)}`).length, id).toBe(1);
    }
    // Nothing but the one write that was under way may have come in besides.
    expect((await second.get('/api/book?limit=1')).body.total - acknowledged.length).toBeLessThanOrEqual(1);

    // Meanwhile nobody else may open the same folder.
    const intruder = await run(['--data', data, 'serve', '--port', '0']);
    expect(intruder.code).not.toBe(0);
    expect(intruder.stderr).toMatch(/already|in use|another/i);
    const beside = await run(['--data', data, 'evaluate']);
    expect(beside.code).not.toBe(0);
    expect(beside.stderr).toMatch(/already|in use|another/i);
    // A port that is taken is a sentence as well.
    const port = new URL(server.url).port;
    const taken = await run(['--data', folder(), 'serve', '--port', port]);
    expect(taken.code).not.toBe(0);
    expect(taken.stderr).toContain(port);
  } finally {
    await server.stop();
  }
});
