// What lives in the address: filters, sort, tab, panel. A page declares its params once and gets them typed; what an
// address carries beyond that, or in a wrong form, is dropped instead of breaking the page.
import { isDay } from './format/date';

export interface Sort {
  column: string;
  direction: 'asc' | 'desc';
}

interface Param<T> {
  read: (raw: unknown) => T | undefined;
}

/** Router values arrive parsed as JSON where they look like it, so a search for "12" comes as the number 12. */
export function textParam(maxLength = 500): Param<string> {
  return {
    read: (raw) => {
      if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
      const text = String(raw).slice(0, maxLength);
      return text === '' ? undefined : text;
    },
  };
}

export function dayParam(): Param<string> {
  return { read: (raw) => (isDay(raw) ? raw : undefined) };
}

export function numberParam(): Param<number> {
  return { read: (raw) => (typeof raw === 'number' && Number.isFinite(raw) ? raw : undefined) };
}

export function flagParam(): Param<true> {
  return { read: (raw) => (raw === true || raw === 1 ? true : undefined) };
}

export function choiceParam<const T extends readonly string[]>(choices: T): Param<T[number]> {
  return { read: (raw) => choices.find((choice) => choice === raw) };
}

/** "score" ascending, "-score" descending: `?sort=-score`. */
export function sortParam(columns?: readonly string[]): Param<string> {
  return {
    read: (raw) => {
      if (typeof raw !== 'string' || raw.length > 120) return undefined;
      return !columns || columns.includes(raw.replace(/^-/, '')) ? raw : undefined;
    },
  };
}

/** A structured value (a filter). The guard says whether what the address carries can be used. */
export function jsonParam<T>(guard: (raw: unknown) => raw is T): Param<T> {
  return { read: (raw) => (guard(raw) ? raw : undefined) };
}

export function parseSort(text: string | undefined): Sort | undefined {
  if (!text) return undefined;
  return text.startsWith('-') ? { column: text.slice(1), direction: 'desc' } : { column: text, direction: 'asc' };
}

export function sortText(sort: Sort | undefined): string | undefined {
  if (!sort) return undefined;
  return sort.direction === 'desc' ? `-${sort.column}` : sort.column;
}

type Values<Params> = { [Name in keyof Params]?: Params[Name] extends Param<infer T> ? T : never };

/** Gives a route its `validateSearch`: `searchParams({ q: textParam(), sort: sortParam() })`. */
export function searchParams<Params extends Record<string, Param<unknown>>>(params: Params) {
  return (raw: Record<string, unknown>): Values<Params> => {
    const values: Record<string, unknown> = {};
    // Said for every name, also where nothing is left: the router would fill a gap with what the address has raw.
    for (const [name, param] of Object.entries(params)) values[name] = param.read(raw[name]);
    return values as Values<Params>;
  };
}
