// A call laid out line by line, each line knowing the path it shows, so that the field at fault can be marked.

export interface JsonLine {
  text: string;
  /** "properties.rows", "context.ids[2]"; the same for the line that opens a value and the one that closes it. */
  path: string;
}

const indent = '  ';

export function jsonLines(value: unknown): JsonLine[] {
  return linesOf(value, '', '', '', '');
}

function linesOf(value: unknown, path: string, before: string, lead: string, after: string): JsonLine[] {
  const isList = Array.isArray(value);
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0) {
    return [{ text: before + lead + JSON.stringify(value) + after, path }];
  }
  const entries = Object.entries(value as Record<string, unknown>);
  const inner = entries.flatMap(([key, each], index) => {
    const eachPath = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const comma = index < entries.length - 1 ? ',' : '';
    return linesOf(each, eachPath, before + indent, isList ? '' : `${JSON.stringify(key)}: `, comma);
  });
  const [open, close] = isList ? '[]' : '{}';
  return [{ text: before + lead + open, path }, ...inner, { text: before + close + after, path }];
}

/** The field as the server names it, within the call: "batch[2].properties.rows" → "properties.rows". */
export function fieldWithinCall(field: string): string {
  return field.replace(/^batch\[\d+\]\.?/, '');
}

/** Whether a line shows the field at fault or something inside it. The whole call is nobody's fault in particular. */
export function isAtFault(path: string, field: string): boolean {
  if (field === '' || path === '') return false;
  return path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
}
