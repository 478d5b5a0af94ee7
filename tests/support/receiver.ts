// A receiver of webhooks on loopback: remembers every call, answers what a test wants and as slowly as it wants.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  key: string; // Idempotency-Key
  signature: string;
  body: any;
}

export class Receiver {
  readonly received: Received[] = [];
  status = 200;
  mostDelay_ms = 0;
  private server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      request.on('end', () => {
        this.received.push({
          path: request.url ?? '',
          key: String(request.headers['idempotency-key'] ?? ''),
          signature: String(request.headers['x-banso-signature'] ?? ''),
          body: JSON.parse(text),
        });
        setTimeout(() => response.writeHead(this.status).end('{}'), Math.random() * this.mostDelay_ms);
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((done) => receiver.server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get keys(): Set<string> {
    return new Set(this.received.map((each) => each.key));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
