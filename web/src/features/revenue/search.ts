import { choiceParam, dayParam, jsonParam, searchParams, textParam } from '../../lib/search-params';
import { ranges } from './periods';
import { grains } from './types';

/** The panel with the accounts behind a bar or a cell: see panel/address.ts. */
const panel = textParam(300);
const rules = textParam(80);

export const spans = ['month', 'quarter', 'year', 'last12'] as const;
export type Span = (typeof spans)[number];

export const executiveSearch = searchParams({ month: dayParam(), span: choiceParam(spans), rules, panel });

function isPair(raw: unknown): raw is string[] {
  return Array.isArray(raw) && raw.length <= 2 && raw.every((value) => typeof value === 'string');
}

export const explorerSearch = searchParams({
  range: choiceParam(ranges),
  from: dayParam(),
  to: dayParam(),
  grain: choiceParam(grains),
  by: textParam(120),
  /** A figure of the cells: "closing", "nrr_12". */
  figure: textParam(40),
  /** At most two values of the dimension that stand side by side. */
  pair: jsonParam(isPair),
  rules,
  panel,
});

export const rulesSearch = searchParams({
  left: textParam(80),
  right: textParam(80),
  range: choiceParam(ranges),
  from: dayParam(),
  to: dayParam(),
  grain: choiceParam(grains),
  kind: textParam(40),
  panel,
});

export const mendTabs = ['faults', 'months', 'rates'] as const;

export const mendSearch = searchParams({
  tab: choiceParam(mendTabs),
  code: textParam(60),
  state: choiceParam(['open', 'accepted']),
  panel,
});
