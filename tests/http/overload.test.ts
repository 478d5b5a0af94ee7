// More than the server can take, and a disk that fills up: it says so, stays within its memory, loses nothing it
// acknowledged, and goes on by itself when there is room again.
import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { freshFolder, type Server, startServer } from '../support/banso.ts';
import { type Client, setUp } from '../support/client.ts';
import { newAccount, Source } from '../support/intake.ts';
import { expectStoredOnce, pause, Producers } from '../support/producers.ts';

const accountNames = ['acme', 'globex'];
const mib = 1 << 20;

async function accountsIn(admin: Client): Promise<Map<string, number>> {
  const accounts = new Map<string, number>();
  for (const name of accountNames) accounts.set(name, await newAccount(admin, name));
  return accounts;
}

function residentMib(server: Server): number {
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
}

function expectOrderlyRefusals(producers: Producers): void {
  expect(producers.unexpected).toEqual([]);
  expect([...producers.statuses.keys()].filter((status) => ![200, 429, 503].includes(status))).toEqual([]);
  expect(producers.refusals.length, 'nothing was refused: the test did not reach the limit').toBeGreaterThan(0);
  for (const refusal of producers.refusals) {
    expect(Number(refusal.retryAfter), JSON.stringify(refusal)).toBeGreaterThan(0);
    expect(JSON.parse(refusal.body).detail).toBeTruthy();
  }
}

test('more than fits waits outside: 503 with Retry-After, bounded memory, nothing lost or doubled', { timeout: 180_000 }, async () => {
  const server = await startServer({ args: ['--intake-memory-mib', '1', '--journal-limit-mib', '4'] });
  const admin = await setUp(server.url, { timezone: 'UTC' });
  const accounts = await accountsIn(admin);
  const source = await Source.make(server, admin, 'Product');
  let peak_mib = 0;
  const watch = setInterval(() => (peak_mib = Math.max(peak_mib, residentMib(server))), 50);
  const producers = new Producers(() => server, source.key, { producers: 48, callsOfBatch: () => 200, accounts: accountNames, padding: 1500 }).start();
  await pause(5000);
  expect((await admin.get('/api/book')).status).toBe(200); // pages are answered all the while
  await producers.stop();
  clearInterval(watch);
  expectOrderlyRefusals(producers);
  expect(peak_mib).toBeLessThan(600);
  await expectStoredOnce(admin, producers, accounts);
  await server.stop();
});

// A small disk of its own, as only root may make one.
class SmallDisk {
  readonly folder = freshFolder();
  private constructor(size_mib: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size_mib}m`, 'banso-test', this.folder], { stdio: 'ignore' });
  }

  static make(size_mib: number): SmallDisk | undefined {
    try {
      return new SmallDisk(size_mib);
    } catch {
      return undefined;
    }
  }

  get free_bytes(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  // Another program's file takes what is left, but for so many bytes.
  fill(leave_bytes: number): void {
    const file = openSync(join(this.folder, 'filler'), 'a');
    const piece = Buffer.alloc(64 * 1024);
    try {
      while (this.free_bytes > leave_bytes) writeSync(file, piece, 0, Math.min(piece.length, Math.max(this.free_bytes - leave_bytes, 4096)));
      fsyncSync(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
    closeSync(file);
  }

  makeRoom(): void {
    rmSync(join(this.folder, 'filler'));
  }

  remove(): void {
    execFileSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true });
  }
}

const disk = SmallDisk.make(400);
if (!disk) console.warn('the tests of a full disk are skipped: they need a mount, which only root may make');

describe.skipIf(!disk)('a full disk', () => {
  afterAll(() => disk!.remove());

  // Almost full: what is left is kept for finishing what was begun. Full to the last byte: even that fails.
  test.each([
    ['but for a little', 8 * mib],
    ['to the last byte', 0],
  ])('%s: refuses with the reason, answers pages, and goes on by itself', { timeout: 180_000 }, async (name, leave_bytes) => {
    const data = join(disk!.folder, name.replaceAll(' ', '-'));
    mkdirSync(data);
    const server = await startServer({ data, args: ['--disk-reserve-mib', '32'] });
    const admin = await setUp(server.url, { timezone: 'UTC' });
    const accounts = await accountsIn(admin);
    const source = await Source.make(server, admin, 'Product');
    const producers = new Producers(() => server, source.key, { producers: 4, callsOfBatch: () => 50, accounts: accountNames, pause_ms: 5 }).start();
    await pause(700);
    for (let round = 0; round < 2; round += 1) {
      disk!.fill(leave_bytes);
      const before = producers.refused;
      for (let wait = 0; producers.refused === before && wait < 200; wait += 1) await pause(50);
      expect(producers.refused, 'a full disk was not noticed').toBeGreaterThan(before);
      await pause(500);
      const acknowledged = producers.acknowledged;
      await pause(300);
      expect(producers.acknowledged, 'acknowledged on a full disk').toBe(acknowledged);
      expect((await admin.get('/api/book')).status).toBe(200);
      expect((await admin.get(`/api/accounts/${accounts.get('acme')}/events`)).status).toBe(200);
      disk!.makeRoom();
      for (let wait = 0; producers.acknowledged === acknowledged && wait < 200; wait += 1) await pause(50);
      expect(producers.acknowledged, 'it did not go on by itself').toBeGreaterThan(acknowledged);
      await pause(300);
    }
    await producers.stop();
    expectOrderlyRefusals(producers);
    await expectStoredOnce(admin, producers, accounts);
    await server.kill(); // and what the disk has is whole
    const again = await startServer({ data });
    Object.assign(admin, { url: again.url });
    await expectStoredOnce(admin, producers, accounts);
    await again.stop();
    rmSync(data, { recursive: true });
  });
});
