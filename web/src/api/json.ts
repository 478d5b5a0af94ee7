import { requestRaw } from './client';

export type QueryValue = string | number | boolean | undefined;

/** "?a=1&b=2" of what is given; empty where nothing is. */
export function queryText(params: Record<string, QueryValue>): string {
  const given = Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** The JSON at a path. For the lists whose columns are chosen at run time and so have no fixed type. */
export async function getJson<T>(
  path: string,
  params: Record<string, QueryValue> = {},
  signal?: AbortSignal,
): Promise<T> {
  const response = await requestRaw(path + queryText(params), { signal });
  return (await response.json()) as T;
}

/** Sends JSON and gives the answer's body, or undefined where there is none. */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const response = await requestRaw(path, {
    method,
    signal,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  return (response.status === 204 ? undefined : await response.json()) as T;
}
