// The one way to the server. Types come from api/openapi.yaml; every answer that is not a success throws an ApiProblem.
import createClient, { type Middleware } from 'openapi-fetch';
import { preferredLanguage } from '../lib/language';
import { ApiProblem, problemFrom } from './problem';
import type { paths } from './schema';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

function csrfToken(): string | undefined {
  const pair = document.cookie.split('; ').find((cookie) => cookie.startsWith('banso_csrf='));
  return pair && decodeURIComponent(pair.slice('banso_csrf='.length));
}

/** Headers that every request carries; also for the few that are not JSON (uploads, downloads). */
export function requestHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': preferredLanguage() };
  const token = safeMethods.has(method.toUpperCase()) ? undefined : csrfToken();
  if (token) headers['X-CSRF-Token'] = token;
  return headers;
}

let signedOut = () => {};

/** Called when the server no longer knows who asks (401). The app leads to the log-in page. */
export function onSignedOut(handler: () => void) {
  signedOut = handler;
}

async function failed(response: Response): Promise<ApiProblem> {
  if (response.status === 401 && !new URL(response.url, location.origin).pathname.endsWith('/api/session')) signedOut();
  return problemFrom(response);
}

async function reach(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiProblem({ title: '', status: 0, code: 'unreachable' });
  }
}

const middleware: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(requestHeaders(request.method))) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await failed(response);
  },
};

const client = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => reach(() => fetch(request)),
});
client.use(middleware);

export const api = client;

/** The body of a successful answer: `const page = await answer(api.GET('/api/users'))`. */
export async function answer<T>(request: Promise<{ data?: T }>): Promise<T> {
  const { data } = await request;
  return data as T;
}

/** For bodies that are not JSON: a file to send as it is, a CSV to fetch. Same headers, same problems. */
export async function requestRaw(path: string, init: RequestInit = {}): Promise<Response> {
  const method = init.method ?? 'GET';
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(requestHeaders(method))) headers.set(name, value);
  const response = await reach(() => fetch(path, { ...init, method, headers }));
  if (!response.ok) throw await failed(response);
  return response;
}
