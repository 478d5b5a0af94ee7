// A real mail server on the loopback for the length of a test: see mail_server.sh.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'mail_server.sh');
const wouldStart = ['/usr/sbin/exim4', '/usr/sbin/dovecot'].every((program) => existsSync(program));
export const canRunMailServer = wouldStart && process.getuid?.() === 0;

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}

export interface ReceivedMail {
  to: string;
  headers: Map<string, string>; // by name in small letters, with encoded words decoded
  text: string; // the plain part
}

// One of RFC 2047's words in base64 or quoted-printable; the blanks between two of them say nothing.
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(=\?utf-8\?b\?[^?]*\?=)+/gi, (words) =>
      Buffer.concat([...words.matchAll(/\?b\?([^?]*)\?=/gi)].map((word) => Buffer.from(word[1]!, 'base64'))).toString('utf8'),
    )
    .replace(/(=\?utf-8\?q\?[^?]*\?=)+/gi, (words) =>
      Buffer.concat([...words.matchAll(/\?q\?([^?]*)\?=/gi)].map((word) => decodeQuoted(word[1]!.replaceAll('_', ' ')))).toString('utf8'),
    );
}

function decodeQuoted(text: string): Buffer {
  const plain = text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(plain, 'latin1');
}

function split(message: string): { headers: Map<string, string>; body: string } {
  const end = /\r?\n\r?\n/.exec(message)!;
  const head = message.slice(0, end.index).replace(/\r?\n[ \t]+/g, ' ');
  const headers = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const found = /^([^:\s]+):\s*(.*)$/.exec(line);
    if (found) headers.set(found[1]!.toLowerCase(), decodeWords(found[2]!));
  }
  return { headers, body: message.slice(end.index + end[0].length) };
}

function plainPart(headers: Map<string, string>, body: string): string {
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary) {
    for (const part of body.split(`--${boundary}`).slice(1)) {
      const inner = split(part.trimStart() + '\n\n');
      const text = plainPart(inner.headers, inner.body);
      if (text !== '') return text;
    }
    return '';
  }
  if (!/text\/plain/.test(headers.get('content-type') ?? 'text/plain')) return '';
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? decodeQuoted(body).toString('utf8') : body;
}

export class MailServer {
  private constructor(
    private readonly folder: string,
    private readonly smtpPort: number,
    private readonly imapPort: number,
  ) {}

  static async start(): Promise<MailServer> {
    const server = new MailServer(mkdtempSync('/tmp/banso-mail-'), await freePort(), await freePort());
    server.run('start', String(server.smtpPort), String(server.imapPort));
    return server;
  }

  // Its children keep the pipes open, so they get none.
  private run(command: string, ...more: string[]) {
    execFileSync('bash', [script, command, this.folder, ...more], { stdio: 'ignore' });
  }

  // What `banso serve` is told about it.
  args(): string[] {
    return ['--smtp-url', `smtp://127.0.0.1:${this.smtpPort}`, '--no-mail-tls', '--mail-from', 'inbox@vendor.test'];
  }
  stopSmtp() {
    this.run('stop-smtp');
  }
  startSmtp() {
    this.run('start-smtp');
  }
  stop() {
    spawnSync('bash', [script, 'stop', this.folder], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true });
  }

  // All that came for customers, whoever they are.
  received(): ReceivedMail[] {
    const mailbox = join(this.folder, 'mail/all@customer.test');
    return ['new', 'cur']
      .map((part) => join(mailbox, part))
      .filter((part) => existsSync(part))
      .flatMap((part) => readdirSync(part).map((name) => readFileSync(join(part, name), 'latin1')))
      .map((message) => {
        const { headers, body } = split(message);
        return { to: headers.get('envelope-to') ?? '', headers, text: plainPart(headers, body) };
      });
  }
}
