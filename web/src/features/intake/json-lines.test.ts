import { describe, expect, it } from 'vitest';
import { fieldWithinCall, isAtFault, jsonLines } from './json-lines';

describe('a call line by line', () => {
  const call = { type: 'track', properties: { rows: [1, { a: null }], none: {} } };

  it('reads as JSON.stringify would write it', () => {
    const text = jsonLines(call)
      .map((line) => line.text)
      .join('\n');
    expect(text).toBe(JSON.stringify(call, null, 2));
  });

  it('knows the path of every line', () => {
    const paths = jsonLines(call).map(({ path }) => path);
    expect(paths).toContain('properties.rows[1].a');
    expect(paths).toContain('properties.none');
  });

  it('marks the field that the server names, and what is inside it', () => {
    const field = fieldWithinCall('batch[2].properties.rows');
    expect(field).toBe('properties.rows');
    const marked = jsonLines(call).filter(({ path }) => isAtFault(path, field));
    expect(marked[0]!.text.trim()).toBe('"rows": [');
    expect(marked.at(-1)!.text.trim()).toBe('],');
    expect(isAtFault('properties', field)).toBe(false);
    expect(isAtFault('type', '')).toBe(false);
  });
});
