import { sameCondition } from '../../components/rules/sendable';
import type { SignalRule } from './types';

/** Can it be asked about: without a condition there is nothing to replay. */
export function isTestable(rule: SignalRule): boolean {
  return rule.condition !== null;
}

/** Texts that the server insists on may be missing while the condition is being tried out. */
export function forTrial(rule: SignalRule): SignalRule {
  const or = (text: SignalRule['name'], otherwise: string) => ({ ja: text.ja || otherwise, en: text.en || otherwise });
  return { ...rule, name: or(rule.name, '–'), explanation: or(rule.explanation, '–') };
}

/** Ready to be saved: named and with a condition and an explanation in both languages. */
export function isComplete({ name, condition, explanation }: SignalRule): boolean {
  const isThere = (text: SignalRule['name']) => text.ja.trim() !== '' && text.en.trim() !== '';
  return isThere(name) && isThere(explanation) && condition !== null;
}

const conditions = ['scope', 'condition', 'leave_condition'] as const;

export function sameRule(a: SignalRule, b: SignalRule): boolean {
  const without = (rule: SignalRule) => {
    const { scope, condition, leave_condition, call, ...rest } = rule;
    void [scope, condition, leave_condition];
    return JSON.stringify([Object.entries(rest).sort(byName), Object.entries(call).sort(byName)]);
  };
  return without(a) === without(b) && conditions.every((part) => sameCondition(a[part], b[part]));
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** The half-open kind of path that the server names, brought to the part of the form that shows it. */
export function faultsByPart(errors: readonly { field: string; message: string }[]): Record<string, string> {
  const parts = [
    'name',
    'condition',
    'scope',
    'leave_condition',
    'explanation',
    'call.title',
    'for_days',
    'cooldown_days',
  ];
  const faults: Record<string, string> = {};
  for (const { field, message } of errors) {
    const part = parts.find((each) => field === each || field.startsWith(`${each}.`) || field.startsWith(`${each}[`));
    if (part) faults[part] ??= message;
  }
  return faults;
}
