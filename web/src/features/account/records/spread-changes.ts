import type { FieldChange } from '../types';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('amount_minor' in value);
}

/** A changed object ("attributes") becomes one line for every key in it that changed. */
export function spreadObjects(changes: readonly FieldChange[]): FieldChange[] {
  return changes.flatMap((change) => {
    const { field, before, after } = change;
    if (!isRecord(before) && !isRecord(after)) return [change];
    const then: Record<string, unknown> = isRecord(before) ? before : {};
    const now: Record<string, unknown> = isRecord(after) ? after : {};
    return [...new Set([...Object.keys(then), ...Object.keys(now)])]
      .filter((key) => JSON.stringify(then[key]) !== JSON.stringify(now[key]))
      .map((key) => ({ field: `${field}.${key}`, before: then[key] ?? null, after: now[key] ?? null }));
  });
}
