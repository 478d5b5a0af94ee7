import { describe, expect, it } from 'vitest';
import { guessKind, headingsOf } from './guess-kind';
import { importKinds } from './imports';
import { sampleCsv } from './samples';

const heads = (csv: string) => csv.replace('\ufeff', '').split('\r\n')[0]!.split(',');

describe('the guessed kind', () => {
  it.each(importKinds)('knows its own sample of %s in both languages by its headings', (kind) => {
    expect(guessKind('data.csv', heads(sampleCsv(kind, 'ja')))).toBe(kind);
    expect(guessKind('data.csv', heads(sampleCsv(kind, 'en')))).toBe(kind);
  });

  it('knows real files', () => {
    expect(guessKind('account.csv', ['id', 'channel', 'date_of_birth', 'country'])).toBe('accounts');
    const terms = ['account_id', 'product', 'start_date', 'end_date', 'mrr', 'quantity'];
    expect(guessKind('subscription.csv', terms)).toBe('subscriptions');
    expect(guessKind('events_120_accounts.csv.gz', [])).toBe('events');
    expect(guessKind('log.ndjson.gz', [])).toBe('events');
    expect(guessKind('契約一覧.xlsx', [])).toBe('subscriptions');
  });
});

describe('headings of a file', () => {
  it('are read from what Japanese Excel writes', async () => {
    // 会社,氏名 in CP932.
    const bytes = new Uint8Array([0x89, 0xef, 0x8e, 0xd0, 0x2c, 0x8e, 0x81, 0x96, 0xbc, 0x0d, 0x0a]);
    expect(await headingsOf(new File([bytes], 'list.csv'))).toEqual(['会社', '氏名']);
  });

  it('are read without quotes and without the byte order mark', async () => {
    expect(await headingsOf(new File(['\ufeff"a","b"\n1,2\n'], 'list.csv'))).toEqual(['a', 'b']);
  });
});
