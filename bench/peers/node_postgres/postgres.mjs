// A PostgreSQL cluster of its own in a folder, reached through a Unix socket there; it ends with this process.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const settings = {
  listen_addresses: '',
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '2GB',
  work_mem: '32MB',
  wal_buffers: '64MB',
  max_wal_size: '16GB',
  checkpoint_timeout: '30min',
  max_connections: '64',
};

// Debian keeps the server's programs out of the path: /usr/lib/postgresql/15/bin. The newest wins.
function programs() {
  const root = '/usr/lib/postgresql';
  const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return join(root, newest, 'bin');
}

// PostgreSQL refuses to run as root.
function asOwner(program, args) {
  return process.getuid() === 0 ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];
}

export async function startPostgres(folder) {
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  mkdirSync(socket, { recursive: true });
  if (process.getuid() === 0) {
    const owner = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }));
    for (const each of [folder, socket]) chownSync(each, owner, owner);
    chmodSync(folder, 0o755);
  }
  if (!existsSync(data)) {
    execFileSync(...asOwner(join(programs(), 'initdb'), ['-D', data, '-U', 'peer', '--auth=trust', '-E', 'UTF8', '--no-locale', '--no-sync']), { stdio: 'ignore' });
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(...asOwner(join(programs(), 'postgres'), ['-D', data, '-k', socket, ...flags]), { stdio: ['ignore', 'ignore', 'inherit'] });
  server.on('exit', (code) => process.exit(code ?? 1));
  const isReady = () => {
    try {
      execFileSync(join(programs(), 'pg_isready'), ['-h', socket, '-q']);
      return true;
    } catch {
      return false;
    }
  };
  for (let attempt = 0; !isReady(); attempt += 1) {
    if (attempt === 300) throw new Error('PostgreSQL did not start');
    await wait(100);
  }
  return {
    connection: { host: socket, user: 'peer', database: 'postgres' },
    stop: () => {
      server.removeAllListeners('exit');
      execFileSync(...asOwner(join(programs(), 'pg_ctl'), ['-D', data, '-m', 'fast', '-w', 'stop']), { stdio: 'ignore' });
    },
  };
}
