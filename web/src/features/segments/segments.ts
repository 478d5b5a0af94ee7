// Requests and answers of /api/segments.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { Condition } from '../../components/filter/condition';
import type { Day } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { TwoLanguages } from '../../lib/language';

/** A named condition over the book, as the definition holds it: see src/modules/segments. */
export interface SegmentBody {
  name: TwoLanguages;
  description: string;
  condition: Condition;
}

export interface Segment {
  key: string;
  name: TwoLanguages;
  description: string;
  /** 0 where it was never published. */
  version: number;
  draft: boolean;
  used_by: { kind: string; key: string }[];
  /** Why it cannot be evaluated at present. */
  fault: TwoLanguages | null;
  accounts: number | null;
  arr: MoneyAmount | null;
  entered_7d: number;
  left_7d: number;
}

export interface SegmentList {
  as_of: Day;
  /** Of the whole book. */
  accounts: number;
  arr: MoneyAmount;
  items: Segment[];
}

export type Cause = 'first' | 'change' | 'definition' | 'retired' | 'gone';

export interface SegmentAccount {
  id: number;
  name: string;
  arr: MoneyAmount;
  score: number | null;
  level: string | null;
}

export interface SegmentMember extends SegmentAccount {
  since: Day | null;
  cause: Cause | null;
  reason: TwoLanguages | null;
}

export interface HistoryEvent {
  segment: string;
  segment_name: TwoLanguages;
  account_id: number;
  account_name: string | null;
  entered: boolean;
  day: Day;
  at: string;
  cause: Cause;
  reason: TwoLanguages;
}

export interface Part {
  accounts: number;
  arr: MoneyAmount;
  sample: SegmentAccount[];
}

export interface Overlap {
  segment: string;
  name: TwoLanguages;
  both: number;
  only_this: number;
  only_other: number;
}

export interface SegmentPreview {
  as_of: Day;
  accounts: number;
  arr: MoneyAmount;
  total: number;
  total_arr: MoneyAmount;
  sample: SegmentAccount[];
  overlaps: Overlap[];
  entering: Part | null;
  leaving: Part | null;
}

export const segmentsQuery = queryOptions({
  queryKey: ['segments', 'list'],
  queryFn: ({ signal }) => getJson<SegmentList>('/api/segments', {}, signal),
});

export const membersKey = (key: string) => ['segments', key, 'members'] as const;

export function fetchMembers(
  key: string,
  { offset, limit, signal }: { offset: number; limit: number; signal?: AbortSignal },
) {
  return getJson<{ items: SegmentMember[]; total: number }>(`/api/segments/${key}/accounts`, { offset, limit }, signal);
}

export const historyPage = 50;

export const historyQuery = (key: string, shown: number) =>
  queryOptions({
    queryKey: ['segments', key, 'history', shown],
    queryFn: ({ signal }) =>
      getJson<{ items: HistoryEvent[]; total: number }>(
        `/api/segments/${key}/history`,
        { offset: 0, limit: shown },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const previewQuery = (condition: Condition, key: string | undefined) =>
  queryOptions({
    queryKey: ['segments', 'preview', key ?? null, condition],
    queryFn: () => sendJson<SegmentPreview>('POST', '/api/segments/preview', { condition, ...(key && { key }) }),
    placeholderData: keepPreviousData,
    retry: false,
  });
