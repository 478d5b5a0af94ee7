// Runs the real binary: servers on free loopback ports with fresh data folders, and single commands.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const binary = process.env.BANSO_BINARY ?? join(root, 'build/release/src/app/banso');
export const webFolder = process.env.BANSO_WEB ?? join(root, 'web/dist');
// Real data sets lie beside the project; tests that read them are skipped where they are absent.
export const sharedData = process.env.BANSO_SHARED_DATA ?? resolve(root, '../shared/data');
export const hasSharedData = existsSync(join(sharedData, 'README.md'));

export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'banso-test-'));
}

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

export function run(
  args: string[],
  options: { input?: string; env?: Record<string, string>; cwd?: string; command?: string } = {},
): Promise<Finished> {
  return new Promise((done, failed) => {
    const child = spawn(options.command ?? binary, args, {
      cwd: options.cwd,
      env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', ...options.env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', failed);
    child.on('close', (code) => done({ code: code ?? -1, stdout, stderr }));
    child.stdin.end(options.input ?? '');
  });
}

export interface Server {
  url: string;
  data: string;
  process: ChildProcess;
  stop(): Promise<void>;
  kill(): Promise<void>; // without warning, as a power cut would
}

export async function startServer(options: { data?: string; port?: number; args?: string[]; env?: Record<string, string> } = {}): Promise<Server> {
  const data = options.data ?? freshFolder();
  const child = spawn(binary, ['--data', data, 'serve', '--port', String(options.port ?? 0), '--web', webFolder, ...(options.args ?? [])], {
    env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', ...options.env },
  });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  const url = await new Promise<string>((done, failed) => {
    let output = '';
    const look = (text: string) => {
      output += text;
      const found = /http:\/\/localhost:(\d+)/.exec(output);
      if (found) done(`http://127.0.0.1:${found[1]}`);
    };
    child.stdout.setEncoding('utf8').on('data', look);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('close', () => failed(new Error(`banso did not start:\n${output}`)));
  });
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    await ended;
    if (options.data === undefined && signal === 'SIGTERM') rmSync(data, { recursive: true, force: true });
  };
  return { url, data, process: child, stop: end('SIGTERM'), kill: end('SIGKILL') };
}
