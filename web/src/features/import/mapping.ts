// Which column fills which field. The server keeps only mappings that are complete, so what is being worked on is held
// here as a draft and becomes a mapping when it is sent.
import type { Import, ImportColumn, ImportField, ReadOptions } from './imports';

export type Source = { column: string } | { constant: string };

/** As the server takes it; see docs/guide/import.md. */
export interface Mapping {
  columns?: Record<string, Source | null>;
  attributes?: Record<string, unknown>;
  file?: ReadOptions;
  known_at?: KnownAt;
  currency?: string;
  time_zone?: string;
  date_format?: DateFormat;
  blank?: 'leave' | 'clear';
  end_known?: 'from_start' | 'when_it_comes';
}

export type KnownAt = 'happened' | 'now';
export type DateFormat = 'y-m-d' | 'm/d/y' | 'd/m/y';

/** Where a column goes: nowhere, into an attribute of its own, or into a field. */
export type Target = { to: 'nothing' } | { to: 'attribute' } | { to: 'field'; field: string };

/** A field that is filled with one text in all rows, or from a column that already fills another. */
export interface Extra {
  field: string;
  from: 'constant' | 'column';
  value: string;
}

export interface MappingDraft {
  /** By the column's index. */
  targets: Target[];
  extras: Extra[];
  knownAt: KnownAt;
  currency: string;
  timeZone: string;
  dateFormat?: DateFormat;
  clearBlanks: boolean;
  endKnownWhenItComes: boolean;
}

const nothing: Target = { to: 'nothing' };

export function draftOf(record: Import, timeZone: string): MappingDraft {
  const { mapping, columns } = record;
  const targets: Target[] = columns.map(() => nothing);
  const extras: Extra[] = [];
  for (const [field, source] of Object.entries(mapping.columns ?? {})) {
    if (!source) continue;
    if ('constant' in source) {
      extras.push({ field, from: 'constant', value: source.constant });
      continue;
    }
    const index = columns.findIndex(({ heading }) => heading === source.column);
    if (index < 0) continue;
    if (targets[index]!.to === 'nothing') targets[index] = { to: 'field', field };
    else extras.push({ field, from: 'column', value: source.column });
  }
  for (const [heading, wanted] of Object.entries(mapping.attributes ?? {})) {
    const index = columns.findIndex((column) => column.heading === heading);
    if (index >= 0 && wanted !== false) targets[index] = { to: 'attribute' };
  }
  return {
    targets,
    extras,
    knownAt: mapping.known_at ?? 'happened',
    currency: mapping.currency ?? '',
    timeZone: mapping.time_zone ?? timeZone,
    dateFormat: mapping.date_format,
    clearBlanks: mapping.blank === 'clear',
    endKnownWhenItComes: mapping.end_known === 'when_it_comes',
  };
}

export function mappingOf(draft: MappingDraft, columns: readonly ImportColumn[]): Mapping {
  const fields: Record<string, Source> = {};
  const attributes: Record<string, true> = {};
  draft.targets.forEach((target, index) => {
    const heading = columns[index]?.heading;
    if (heading === undefined) return;
    if (target.to === 'field') fields[target.field] = { column: heading };
    if (target.to === 'attribute') attributes[heading] = true;
  });
  for (const { field, from, value } of draft.extras) {
    if (value !== '') fields[field] = from === 'column' ? { column: value } : { constant: value };
  }
  return {
    columns: fields,
    ...(Object.keys(attributes).length > 0 && { attributes }),
    known_at: draft.knownAt,
    time_zone: draft.timeZone,
    ...(draft.currency !== '' && { currency: draft.currency }),
    ...(draft.dateFormat && { date_format: draft.dateFormat }),
    ...(draft.clearBlanks && { blank: 'clear' as const }),
    ...(draft.endKnownWhenItComes && { end_known: 'when_it_comes' as const }),
  };
}

/** Gives a column its target; whatever filled that field before lets go of it. */
export function withTarget(draft: MappingDraft, index: number, target: Target): MappingDraft {
  const isTaken = (other: Target) => target.to === 'field' && other.to === 'field' && other.field === target.field;
  return {
    ...draft,
    targets: draft.targets.map((other, at) => (at === index ? target : isTaken(other) ? nothing : other)),
    extras: target.to === 'field' ? draft.extras.filter(({ field }) => field !== target.field) : draft.extras,
  };
}

export function withExtra(draft: MappingDraft, extra: Extra): MappingDraft {
  const rest = draft.extras.filter(({ field }) => field !== extra.field);
  return { ...draft, extras: [...rest, extra] };
}

export function withoutExtra(draft: MappingDraft, field: string): MappingDraft {
  return { ...draft, extras: draft.extras.filter((extra) => extra.field !== field) };
}

/** Every column that goes nowhere and holds something becomes an attribute. */
export function withAllAttributes(draft: MappingDraft, columns: readonly ImportColumn[]): MappingDraft {
  const targets = draft.targets.map((target, index): Target =>
    target.to === 'nothing' && columns[index]?.detected_type !== 'empty' ? { to: 'attribute' } : target,
  );
  return { ...draft, targets };
}

export function fieldsFilled(draft: MappingDraft): Set<string> {
  const filled = draft.targets.flatMap((target) => (target.to === 'field' ? [target.field] : []));
  const extra = draft.extras.filter(({ value }) => value !== '').map(({ field }) => field);
  return new Set([...filled, ...extra]);
}

export function missingFields(draft: MappingDraft, fields: readonly ImportField[]): ImportField[] {
  const filled = fieldsFilled(draft);
  return fields.filter(({ key, required }) => required && !filled.has(key));
}
