import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Day } from '../../lib/format/date';
import { rowQuery } from './book';
import type { BookPageAnswer } from './types';

/** One account's row of the book: at once where the list has it already, and always the newest. */
export function useAccountRow(id: string, asOf: Day | undefined) {
  const client = useQueryClient();
  return useQuery({
    ...rowQuery(id, asOf),
    placeholderData: () =>
      client
        .getQueriesData<BookPageAnswer>({ queryKey: ['book', 'rows'] })
        .flatMap(([, page]) => page?.items ?? [])
        .find((row) => String(row.id) === id),
  });
}
