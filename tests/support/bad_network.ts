// Stands between a client and the server as a bad network: does to each request in turn what it is told, then lets all
// pass. What a browser asks before its requests (CORS) passes always.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Trouble =
  | 'busy' // 503
  | 'too_many' // 429
  | 'cut_before' // the server never sees it
  | 'cut_after'; // the server takes it, the client never hears of it

export interface BadNetwork {
  url: string;
  troubles: Trouble[]; // still to come
  close(): void;
}

export async function badNetwork(to: () => { url: string }, troubles: Trouble[]): Promise<BadNetwork> {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const trouble = request.method === 'POST' ? troubles.shift() : undefined;
    if (trouble === 'busy' || trouble === 'too_many') {
      const status = trouble === 'busy' ? 503 : 429;
      return void response.writeHead(status, { 'retry-after': '1', 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' }).end();
    }
    if (trouble === 'cut_before') return void request.socket.destroy();
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name)));
    const answer = await fetch(to().url + request.url, {
      method: request.method,
      headers: headers as Record<string, string>,
      body: request.method === 'POST' ? Buffer.concat(chunks) : undefined,
    });
    if (trouble === 'cut_after') return void request.socket.destroy();
    const body = Buffer.from(await answer.arrayBuffer());
    const kept = [...answer.headers].filter(([name]) => !['content-encoding', 'content-length', 'transfer-encoding', 'connection'].includes(name));
    response.writeHead(answer.status, Object.fromEntries(kept)).end(body);
  };
  const server = createServer((request, response) => void handle(request, response).catch(() => request.socket.destroy()));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, troubles, close: () => server.close() };
}
