// `./dev cluster` driven from outside: PostgreSQL, a two-shard ClickHouse, two nodes and a load balancer, with parts
// that can be killed, paused and started again.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { binary, freshFolder, root, webFolder } from './banso.ts';

async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.on('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export const canRunCluster = existsSync('/usr/sbin/haproxy') && existsSync('/usr/lib/postgresql') && existsSync('/usr/sbin/clickhouse-server');

export class Cluster {
  private readonly restarted: ChildProcess[] = [];

  private constructor(
    readonly url: string, // of the load balancer
    readonly nodeUrls: string[],
    private readonly folder: string,
    readonly records: string,
    readonly events: string,
    private readonly process: ChildProcess,
  ) {}

  // Without nodes: the stores alone.
  static async start(nodes = 2): Promise<Cluster> {
    const folder = freshFolder();
    const port = await freePort();
    const child = spawn(join(root, 'dev'), ['cluster', '--data', folder, '--port', String(port), '--nodes', String(nodes)], {
      env: { ...process.env, BANSO_BINARY: binary, BANSO_WEB: webFolder },
    });
    const output = await new Promise<string>((done, failed) => {
      let text = '';
      const look = (piece: string) => {
        text += piece;
        if (text.includes('Press Ctrl-C')) done(text);
      };
      child.stdout.setEncoding('utf8').on('data', look);
      child.stderr.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      child.on('close', () => failed(new Error(`the cluster did not start:\n${text}`)));
    });
    const said = (name: string) => new RegExp(`${name}:\\s+(.*)`).exec(output)![1]!.trim();
    const nodeUrls = Array.from({ length: nodes }, (_, node) => `http://127.0.0.1:${port + 1 + node}`);
    return new Cluster(`http://127.0.0.1:${port}`, nodeUrls, folder, said('records'), said('events'), child);
  }

  killNode(number: number): void {
    process.kill(Number(readFileSync(join(this.folder, `node${number}.pid`), 'utf8')), 'SIGKILL');
  }

  startNode(number: number): void {
    const port = new URL(this.nodeUrls[number]!).port;
    const place = ['--data', join(this.folder, `node${number}`), '--records', this.records, '--events', this.events];
    const child = spawn(binary, [...place, '--node', String(number), 'serve', '--port', port, '--web', webFolder], { stdio: 'ignore' });
    this.restarted.push(child);
  }

  // kill, pause, resume, run: see the script.
  shard(action: 'kill' | 'pause' | 'resume' | 'run', shard: 1 | 2): void {
    execFileSync(join(root, 'tools/dev/clickhouse_cluster.sh'), [action, join(this.folder, 'clickhouse'), String(shard)]);
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.process.on('close', done));
    for (const node of this.restarted) node.kill('SIGTERM');
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
