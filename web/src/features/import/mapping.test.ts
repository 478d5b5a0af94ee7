import { describe, expect, it } from 'vitest';
import type { Import, ImportColumn } from './imports';
import {
  draftOf,
  mappingOf,
  missingFields,
  withAllAttributes,
  withExtra,
  withTarget,
  type MappingDraft,
} from './mapping';

const column = (index: number, heading: string, detected_type = 'text'): ImportColumn => ({
  index,
  heading,
  detected_type,
  samples: [],
  blank: 0,
  ambiguous_dates: false,
  guess: null,
});
const columns = [column(0, 'id'), column(1, '会社名'), column(2, 'channel'), column(3, 'notes', 'empty')];
const field = (key: string, required = false) => ({
  key,
  name: { en: key, ja: key },
  type: 'text',
  required,
  choices: [],
});
const fields = [field('external_id', true), field('name'), field('region')];

function draft(mapping: Import['mapping']): MappingDraft {
  return draftOf({ columns, mapping } as Import, 'Asia/Tokyo');
}

describe('a draft of a mapping', () => {
  it('comes back as the mapping it was made of', () => {
    const mapping = {
      columns: { external_id: { column: 'id' }, name: { column: '会社名' }, region: { constant: '関東' } },
      attributes: { channel: true as const },
      known_at: 'now' as const,
      time_zone: 'UTC',
      blank: 'clear' as const,
    };
    expect(mappingOf(draft(mapping), columns)).toEqual(mapping);
  });

  it('fills a second field from a column that already fills one', () => {
    const twice = draft({ columns: { external_id: { column: 'id' }, name: { column: 'id' } } });
    expect(twice.extras).toEqual([{ field: 'name', from: 'column', value: 'id' }]);
    expect(mappingOf(twice, columns).columns).toEqual({ external_id: { column: 'id' }, name: { column: 'id' } });
  });

  it('lets a field have one column only', () => {
    const before = draft({ columns: { name: { column: 'id' } } });
    const after = withTarget(before, 1, { to: 'field', field: 'name' });
    expect(after.targets.slice(0, 2)).toEqual([{ to: 'nothing' }, { to: 'field', field: 'name' }]);
  });

  it('takes the place of a fixed value when a column is chosen', () => {
    const before = withExtra(draft({}), { field: 'region', from: 'constant', value: '関東' });
    expect(withTarget(before, 2, { to: 'field', field: 'region' }).extras).toEqual([]);
  });

  it('names what every row needs and nothing fills', () => {
    expect(missingFields(draft({}), fields).map(({ key }) => key)).toEqual(['external_id']);
    expect(missingFields(draft({ columns: { external_id: { column: 'id' } } }), fields)).toEqual([]);
    const empty = withExtra(draft({}), { field: 'external_id', from: 'constant', value: '' });
    expect(missingFields(empty, fields)).toHaveLength(1);
  });

  it('makes attributes of what is left, but not of empty columns', () => {
    const all = withAllAttributes(draft({ columns: { external_id: { column: 'id' } } }), columns);
    expect(Object.keys(mappingOf(all, columns).attributes ?? {})).toEqual(['会社名', 'channel']);
  });

  it('drops columns that a file read anew no longer has', () => {
    expect(mappingOf(draft({ columns: { name: { column: 'gone' } } }), columns).columns).toEqual({});
  });
});
