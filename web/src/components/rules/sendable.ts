import { completeCondition, type Condition, type FilterField } from '../filter/condition';

type Node = Condition['rules'][number];

/**
 * What can be sent of a condition: without rules that are still being filled in and without the editor's own ids. A
 * rule about a field that is not known here stays, so that the server can say what is wrong with it.
 */
export function sendable(condition: Condition | null | undefined, fields: readonly FilterField[]): Condition | null {
  if (!condition) return null;
  const rules = condition.rules.map((node) => kept(node, fields)).filter((node) => node !== null);
  return rules.length === 0 ? null : { combinator: condition.combinator, ...(condition.not && { not: true }), rules };
}

function kept(node: Node, fields: readonly FilterField[]): Node | null {
  if ('rules' in node) return sendable(node, fields);
  if (fields.some(({ name }) => name === node.field))
    return completeCondition({ combinator: 'and', rules: [node] }, fields)?.rules[0] ?? null;
  return { field: node.field, operator: node.operator, value: node.value as unknown };
}

/** Key order does not matter, and neither do the ids that the editor gives its rules. */
export function sameCondition(a: Condition | null | undefined, b: Condition | null | undefined): boolean {
  return canonical(a ?? null) === canonical(b ?? null);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'id') return undefined;
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
