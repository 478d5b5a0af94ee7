// Starts the real server with a fresh data folder on a free loopback port, and stops it again.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Administrator {
  name: string;
  email: string;
  password: string;
}

export interface RunningServer {
  url: string;
  dataFolder: string;
  /** What the server has written so far. */
  output: () => string;
  stop: () => Promise<void>;
}

export const administrator: Administrator = { name: '山田 花子', email: 'hanako@example.jp', password: 'correct horse battery' };

const startLimit_ms = 20_000;
const stopLimit_ms = 10_000;

export function binaryPath(): string {
  const path = process.env.BANSO_BINARY;
  if (!path) throw new Error('BANSO_BINARY must name the banso program; ./dev e2e sets it.');
  return path;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** Runs one banso command to its end, for tests that prepare data with the shell. */
export async function runBanso(dataFolder: string, ...words: string[]): Promise<string> {
  const child = spawn(binaryPath(), ['--data', dataFolder, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`banso ${words.join(' ')} ended with ${code}: ${output()}`);
  return output();
}

function collect(child: ChildProcess): () => string {
  let text = '';
  const add = (chunk: Buffer) => (text += chunk.toString());
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text;
}

/** `prepare` runs before the server starts: load a demo, import files. `options` are further ones of `banso serve`. */
export async function startServer(prepare?: (dataFolder: string) => Promise<void>, options: readonly string[] = []): Promise<RunningServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'banso-e2e-'));
  await prepare?.(dataFolder);
  const port = await freePort();
  const web = process.env.BANSO_WEB ? ['--web', process.env.BANSO_WEB] : [];
  const child = spawn(binaryPath(), ['--data', dataFolder, 'serve', '--port', String(port), ...web, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child, output);
  return { url, dataFolder, output, stop: () => stop(child, dataFolder) };
}

async function answering(url: string, child: ChildProcess, output: () => string) {
  const end = Date.now() + startLimit_ms;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`banso ended with ${child.exitCode} while starting: ${output()}`);
    const response = await fetch(`${url}/api/session`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`banso did not answer within ${startLimit_ms} ms: ${output()}`);
}

async function stop(child: ChildProcess, dataFolder: string) {
  if (child.exitCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const tooLong = setTimeout(() => child.kill('SIGKILL'), stopLimit_ms);
    await gone;
    clearTimeout(tooLong);
  }
  await rm(dataFolder, { recursive: true, force: true });
}

export interface DemoServer extends RunningServer {
  administrator: Pick<Administrator, 'email' | 'password'>;
}

/** A server with a small simulated vendor: 60 customers and a year of history, the same every time. */
export async function startDemo(): Promise<DemoServer> {
  const server = await startServer(async (dataFolder) => {
    await runBanso(dataFolder, 'demo', '--accounts', '60', '--months', '12', '--seed', '7');
  });
  const [email, password] = (await readFile(join(server.dataFolder, 'demo-login.txt'), 'utf8')).trim().split('\n');
  if (!email || !password) throw new Error('the demo wrote no log-in');
  return { ...server, administrator: { email, password } };
}

/** Sets a fresh installation up through its own API. */
export async function setUp(url: string, language: 'ja' | 'en' = 'ja') {
  const response = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      workspace_name: '青空ソフト株式会社',
      name: administrator.name,
      email: administrator.email,
      password: administrator.password,
      language,
      reporting_currency: 'JPY',
      fiscal_year_start_month: 4,
      timezone: 'Asia/Tokyo',
    }),
  });
  if (!response.ok) throw new Error(`set-up was refused: ${response.status} ${await response.text()}`);
}
