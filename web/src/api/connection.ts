// A way to the server for one kind of person: ours in client.ts, customers in src/portal/client.ts. Types come from
// api/openapi.yaml; every answer that is not a success throws an ApiProblem.
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { Language } from '../lib/language';
import { ApiProblem, problemFrom } from './problem';
import type { paths } from './schema';

interface Side {
  /** The readable cookie whose value every change carries along, against forged requests. */
  csrfCookie: string;
  language: () => Language;
  /** The path at which 401 is an answer like any other: nobody was signed in before. */
  sessionPath: string;
}

export interface Connection {
  api: Client<paths>;
  /** For bodies that are not JSON: a file to send as it is, a CSV to fetch. Same headers, same problems. */
  requestRaw: (path: string, init?: RequestInit) => Promise<Response>;
  /** Called when the server no longer knows who asks (401). */
  onSignedOut: (handler: () => void) => void;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

function cookie(name: string): string | undefined {
  const pair = document.cookie.split('; ').find((each) => each.startsWith(`${name}=`));
  return pair && decodeURIComponent(pair.slice(name.length + 1));
}

async function reach(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiProblem({ title: '', status: 0, code: 'unreachable' });
  }
}

export function connect({ csrfCookie, language, sessionPath }: Side): Connection {
  let signedOut = () => {};

  const requestHeaders = (method: string) => {
    const headers: Record<string, string> = { 'Accept-Language': language() };
    const token = safeMethods.has(method.toUpperCase()) ? undefined : cookie(csrfCookie);
    if (token) headers['X-CSRF-Token'] = token;
    return headers;
  };
  const failed = async (response: Response): Promise<ApiProblem> => {
    if (response.status === 401 && !new URL(response.url, location.origin).pathname.endsWith(sessionPath)) signedOut();
    return problemFrom(response);
  };
  const middleware: Middleware = {
    onRequest({ request }) {
      for (const [name, value] of Object.entries(requestHeaders(request.method))) request.headers.set(name, value);
      return request;
    },
    async onResponse({ response }) {
      if (!response.ok) throw await failed(response);
    },
  };
  const api = createClient<paths>({
    baseUrl: location.origin,
    fetch: (request) => reach(() => fetch(request)),
  });
  api.use(middleware);

  return {
    api,
    requestRaw: async (path, init = {}) => {
      const method = init.method ?? 'GET';
      const headers = new Headers(init.headers);
      for (const [name, value] of Object.entries(requestHeaders(method))) headers.set(name, value);
      const response = await reach(() => fetch(path, { ...init, method, headers }));
      if (!response.ok) throw await failed(response);
      return response;
    },
    onSignedOut: (handler) => {
      signedOut = handler;
    },
  };
}

/** The body of a successful answer: `const page = await answer(api.GET('/api/users'))`. */
export async function answer<T>(request: Promise<{ data?: T }>): Promise<T> {
  const { data } = await request;
  return data as T;
}
