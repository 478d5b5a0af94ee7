// A browser's part of the protocol: cookies, the forgery token, the language. Every answer is checked against the
// contract.
import { checkAnswer } from './contract.ts';

export interface Answer<T = any> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

export class Client {
  private cookies = new Map<string, string>();

  constructor(
    readonly url: string,
    readonly language: 'en' | 'ja' = 'en',
  ) {}

  async request<T = any>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const raw = body instanceof Uint8Array || typeof body === 'string';
    const response = await fetch(this.url + path, {
      method,
      headers: {
        'accept-language': this.language,
        ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
        cookie: this.cookie(),
        'x-csrf-token': this.cookies.get('banso_csrf') ?? '',
        ...headers,
      },
      body: body === undefined ? undefined : raw ? (body as BodyInit) : JSON.stringify(body),
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (value === '') this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    checkAnswer(method, path.split('?')[0]!, response.status, contentType, text);
    return { status: response.status, headers: response.headers, text, body: contentType.includes('json') ? JSON.parse(text) : text };
  }

  // As a browser sends it; for requests that are made by other means.
  cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get<T = any>(path: string) {
    return this.request<T>('GET', path);
  }
  post<T = any>(path: string, body: unknown = {}) {
    return this.request<T>('POST', path, body);
  }
  put<T = any>(path: string, body: unknown) {
    return this.request<T>('PUT', path, body);
  }
  patch<T = any>(path: string, body: unknown) {
    return this.request<T>('PATCH', path, body);
  }
  delete<T = any>(path: string) {
    return this.request<T>('DELETE', path);
  }

  // Waits for a job of the server to end, and gives it.
  async jobDone(id: number, seconds = 120): Promise<any> {
    for (let i = 0; i < seconds * 5; i += 1) {
      const job = (await this.get(`/api/jobs/${id}`)).body;
      if (!['waiting', 'running'].includes(job.state)) return job;
      await new Promise((wait) => setTimeout(wait, 200));
    }
    throw new Error(`job ${id} did not end`);
  }
}

export const password = 'correct horse battery';

export async function setUp(url: string, options: { timezone?: string; language?: 'en' | 'ja' } = {}): Promise<Client> {
  const admin = new Client(url, options.language ?? 'en');
  const answer = await admin.post('/api/setup', {
    workspace_name: 'Test',
    name: 'Admin',
    email: 'admin@example.com',
    password,
    language: options.language ?? 'en',
    reporting_currency: 'JPY',
    fiscal_year_start_month: 4,
    timezone: options.timezone ?? 'Asia/Tokyo',
  });
  if (answer.status !== 200) throw new Error(`set-up failed: ${answer.text}`);
  return admin;
}

export type RoleName = 'read_only' | 'csm' | 'leader' | 'admin';

export async function signIn(admin: Client, role: RoleName): Promise<Client> {
  const email = `${role}-${Math.random().toString(36).slice(2)}@example.com`;
  await admin.post('/api/users', { name: role, email, role, language: 'en', password });
  const client = new Client(admin.url);
  const answer = await client.post('/api/session', { email, password });
  if (answer.status !== 200) throw new Error(`log-in failed: ${answer.text}`);
  return client;
}
