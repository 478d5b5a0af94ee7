// The versions of the scores (/api/health/releases): when measures and scorecards were published, and what is kept of
// the history under each.
import { queryOptions } from '@tanstack/react-query';
import type { Day } from '../lib/format/date';
import type { TwoLanguages } from '../lib/language';
import { getJson } from './json';

export interface Publication {
  release: number;
  published_at: string;
  /** Of publishing, by the workspace's clock. */
  day: Day;
  author: string;
  why: TwoLanguages;
}

export interface Release extends Publication {
  is_present: boolean;
  definitions: { kind: 'measure' | 'scorecard'; key: string; name: TwoLanguages | null; version: number | null }[];
  /** What is kept; null where nothing is. */
  evaluation: {
    as_of: Day;
    first_day: Day;
    computed_at: string;
    accounts: number;
    weeks: number;
    seconds: number;
  } | null;
  /** There was one, but newer versions took its place. */
  deleted: { evaluated_at: string; deleted_at: string } | null;
}

export interface Releases {
  items: Release[];
  total: number;
  /** Of so many the history is kept. */
  kept: number;
  most_kept: number;
}

export const releasesQuery = queryOptions({
  queryKey: ['releases'],
  queryFn: ({ signal }) => getJson<Releases>('/api/health/releases', {}, signal),
});
