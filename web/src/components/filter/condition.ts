// Conditions as the server speaks them (react-querybuilder's rule groups), and what the editor needs to know of them.
import type { RuleGroupType, RuleType } from 'react-querybuilder';

export type Condition = RuleGroupType;

export type FieldType = 'number' | 'money' | 'day' | 'yes_no' | 'text' | 'choice' | 'text_set';

export interface FilterField {
  /** The server's name: "phase", "measure.active_users_28d", "score.health". */
  name: string;
  label: string;
  type: FieldType;
  /** Heading in the list of fields. */
  group?: string;
  /** Earlier values can be asked for ("fell by 30% in 28 days"). */
  hasHistory?: boolean;
  choices?: { value: string; label: string }[];
  /** ISO 4217 code shown beside amounts. */
  currency?: string;
}

const comparisons = ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween', 'null', 'notNull'];
const percentOperators = ['fellByPercent', 'roseByPercent'];
const crossingOperators = ['crossedBelow', 'crossedAbove'];
const orderOperators = ['worsenedWithin', 'improvedWithin'];
const operatorsByType: Record<FieldType, string[]> = {
  number: comparisons,
  money: comparisons,
  day: ['withinDays', 'notWithinDays', '=', '<', '<=', '>', '>=', 'between', 'null', 'notNull'],
  yes_no: ['=', 'null', 'notNull'],
  text: ['contains', 'doesNotContain', '=', '!=', 'beginsWith', 'endsWith', 'null', 'notNull'],
  choice: ['in', 'notIn', 'null', 'notNull'],
  text_set: ['in', 'notIn', 'null', 'notNull'],
};

export function operatorsOf({ type, hasHistory }: FilterField): string[] {
  if (!hasHistory) return operatorsByType[type];
  const overTime = type === 'choice' ? orderOperators : [...percentOperators, ...crossingOperators];
  return [...operatorsByType[type], ...overTime];
}

/** The form a value has, which depends on field and operator and decides how it is edited. */
export type ValueShape =
  | 'none'
  | 'number'
  | 'day'
  | 'yes_no'
  | 'text'
  | 'list'
  | 'number_range'
  | 'day_range'
  | 'days'
  | 'percent_days'
  | 'value_days'
  | 'past_days';

export function shapeOf(type: FieldType, operator: string): ValueShape {
  if (operator === 'null' || operator === 'notNull') return 'none';
  if (operator === 'withinDays' || operator === 'notWithinDays') return 'days';
  if (percentOperators.includes(operator)) return 'percent_days';
  if (crossingOperators.includes(operator)) return 'value_days';
  if (orderOperators.includes(operator)) return 'past_days';
  if (operator === 'in' || operator === 'notIn') return 'list';
  const isRange = operator === 'between' || operator === 'notBetween';
  if (type === 'day') return isRange ? 'day_range' : 'day';
  if (type === 'number' || type === 'money') return isRange ? 'number_range' : 'number';
  return type === 'yes_no' ? 'yes_no' : 'text';
}

export interface WithinDays {
  days: number;
  direction: 'next' | 'last';
}
export interface PercentInDays {
  percent: number;
  days: number;
}
/** On the other side of the value at some time within the last days. */
export interface CrossedInDays {
  value: number;
  days: number;
}
export interface PastDays {
  days: number;
}

const defaults: Record<ValueShape, unknown> = {
  none: null,
  number: '',
  day: '',
  yes_no: true,
  text: '',
  list: [],
  number_range: ['', ''],
  day_range: ['', ''],
  days: { days: 30, direction: 'next' } satisfies WithinDays,
  percent_days: { percent: 30, days: 28 } satisfies PercentInDays,
  value_days: { value: 50, days: 28 } satisfies CrossedInDays,
  past_days: { days: 28 } satisfies PastDays,
};

export function defaultValue(shape: ValueShape): unknown {
  return defaults[shape];
}

function isRecordWith(value: unknown, ...keys: string[]): boolean {
  return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}

const fits: Record<ValueShape, (value: unknown) => boolean> = {
  none: () => true,
  number: (value) => typeof value === 'number' || value === '',
  day: (value) => typeof value === 'string',
  yes_no: (value) => typeof value === 'boolean',
  text: (value) => typeof value === 'string',
  list: Array.isArray,
  number_range: (value) =>
    Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number' || end === ''),
  day_range: (value) => Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'string'),
  days: (value) => isRecordWith(value, 'days', 'direction'),
  percent_days: (value) => isRecordWith(value, 'percent', 'days'),
  value_days: (value) => isRecordWith(value, 'value', 'days'),
  past_days: (value) => isRecordWith(value, 'days') && !isRecordWith(value, 'direction'),
};

const hasContent: Record<ValueShape, (value: unknown) => boolean> = {
  none: () => true,
  number: (value) => typeof value === 'number',
  day: (value) => value !== '',
  yes_no: () => true,
  text: (value) => typeof value === 'string' && value.trim() !== '',
  list: (value) => Array.isArray(value) && value.length > 0,
  number_range: (value) => Array.isArray(value) && value.every((end) => typeof end === 'number'),
  day_range: (value) => Array.isArray(value) && value.every((end) => end !== ''),
  days: (value) => (value as WithinDays).days >= 0,
  percent_days: (value) => (value as PercentInDays).percent > 0 && (value as PercentInDays).days > 0,
  value_days: (value) => Number.isFinite((value as CrossedInDays).value) && (value as CrossedInDays).days > 0,
  past_days: (value) => (value as PastDays).days > 0,
};

type Node = RuleType | RuleGroupType;

function isGroup(node: unknown): node is RuleGroupType {
  return isRecordWith(node, 'rules') && Array.isArray((node as RuleGroupType).rules);
}

/** For addresses and saved views: does this look like a condition at all? The server checks the rest. */
export function isCondition(raw: unknown): raw is Condition {
  if (!isGroup(raw) || (raw.combinator !== 'and' && raw.combinator !== 'or')) return false;
  return raw.rules.every(
    (node: unknown) => isCondition(node) || (isRecordWith(node, 'field', 'operator') && !isGroup(node)),
  );
}

export const emptyCondition: Condition = { combinator: 'and', rules: [] };

/** Where a changed operator left a value of the wrong form, puts a fresh one; values that still fit are kept. */
export function fitValues(condition: Condition, fields: readonly FilterField[]): Condition {
  const fit = (node: Node): Node => {
    if (isGroup(node)) return { ...node, rules: node.rules.map(fit) };
    const field = fields.find(({ name }) => name === node.field);
    if (!field) return node;
    const shape = shapeOf(field.type, node.operator);
    return fits[shape](node.value) ? node : { ...node, value: defaultValue(shape) };
  };
  return fit(condition) as Condition;
}

/** What can be asked of the server: without the rules somebody is still filling in, and without the editor's own ids. */
export function completeCondition(condition: Condition, fields: readonly FilterField[]): Condition | undefined {
  const complete = (node: Node): Node | undefined => {
    if (isGroup(node)) {
      const rules = node.rules.map(complete).filter((rule) => rule !== undefined);
      return rules.length === 0 ? undefined : { combinator: node.combinator, ...(node.not && { not: true }), rules };
    }
    const field = fields.find(({ name }) => name === node.field);
    if (!field) return undefined;
    const shape = shapeOf(field.type, node.operator);
    if (!fits[shape](node.value) || !hasContent[shape](node.value)) return undefined;
    return { field: node.field, operator: node.operator, value: shape === 'none' ? null : node.value };
  };
  return complete(condition) as Condition | undefined;
}

export function countRules(condition: Condition | undefined): number {
  if (!condition) return 0;
  return condition.rules.reduce((count, node) => count + (isGroup(node) ? countRules(node) : 1), 0);
}
