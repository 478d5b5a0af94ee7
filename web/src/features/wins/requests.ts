// Requests and answers of /api/wins.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type Win = Schemas['Win'];
export type WinKind = Schemas['WinKind'];
export type WinList = Schemas['WinList'];
export type NewWin = Schemas['NewWin'];
export type WinChange = Schemas['WinChange'];
export type WinRules = Schemas['WinRules'];
export type Scoreboard = Schemas['Scoreboard'];
export type BoardRow = Schemas['BoardRow'];
export type BoardFigure = Schemas['BoardFigure'];

export const winKinds = ['rescued', 'renewed', 'expanded', 'goal', 'reference', 'other'] as const;
export const winsAtOnce = 30;

export const winsQuery = (kind: WinKind | undefined, person: number | undefined, shown: number) =>
  queryOptions({
    queryKey: ['wins', 'list', kind ?? null, person ?? null, shown],
    queryFn: ({ signal }) => getJson<WinList>('/api/wins', { kind, person, limit: shown }, signal),
    placeholderData: keepPreviousData,
  });

export const rulesQuery = queryOptions({
  queryKey: ['wins', 'rules'],
  queryFn: ({ signal }) => getJson<WinRules>('/api/wins/rules', {}, signal),
});

export const scoreboardQuery = (from: string) =>
  queryOptions({
    queryKey: ['wins', 'scoreboard', from],
    queryFn: ({ signal }) => getJson<Scoreboard>('/api/wins/scoreboard', { from }, signal),
    placeholderData: keepPreviousData,
  });

export const recordWin = (win: NewWin) => sendJson<Win>('POST', '/api/wins', win);
export const changeWin = (id: number, change: WinChange) => sendJson<Win>('PATCH', `/api/wins/${id}`, change);
export const removeWin = (id: number) => sendJson<void>('DELETE', `/api/wins/${id}`);
export const sayThanks = (id: number, says: boolean) =>
  sendJson<Win>(says ? 'PUT' : 'DELETE', `/api/wins/${id}/thanks`);
export const setRules = (rules: WinRules) => sendJson<WinRules>('PUT', '/api/wins/rules', rules);
