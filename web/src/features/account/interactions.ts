// Notes, meetings, calls and mails on the timeline: they appear as they are written and can be taken back.
import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { sendJson } from '../../api/json';
import { readAgain } from './account-changes';
import { subjectKey } from './requests';
import type { InteractionKind, List, TimelineEntry, TimelineKind } from './types';

export interface Interaction {
  kind: InteractionKind;
  occurred_at: string;
  subject: string;
  body: string;
  contact_ids: number[];
}

/** What stands on the timeline until the server has given it a number. */
export const unsavedId = -1;

type Pages = InfiniteData<List<TimelineEntry>, number>;

/** The entry in its place by time, on the first page that reaches as far back. */
export function withEntry(pages: Pages, entry: TimelineEntry): Pages {
  const reached = pages.pages.findIndex(({ items }) => items.some(({ at }) => at <= entry.at));
  const target = reached === -1 ? pages.pages.length - 1 : reached;
  return {
    ...pages,
    pages: pages.pages.map((page, index) => {
      if (index !== target) return { ...page, total: page.total + 1 };
      const place = page.items.findIndex(({ at }) => at <= entry.at);
      return {
        ...page,
        total: page.total + 1,
        items: page.items.toSpliced(place === -1 ? page.items.length : place, 0, entry),
      };
    }),
  };
}

export function withoutEntry(pages: Pages, id: number): Pages {
  const isIt = ({ kind, id: other }: TimelineEntry) => other === id && isInteraction(kind);
  const found = pages.pages.some(({ items }) => items.some(isIt));
  if (!found) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      total: page.total - 1,
      items: page.items.filter((entry) => !isIt(entry)),
    })),
  };
}

export function isInteraction(kind: TimelineKind): kind is InteractionKind {
  return kind === 'note' || kind === 'meeting' || kind === 'call' || kind === 'mail';
}

const timelineKey = (accountId: string) => subjectKey({ id: accountId, asOf: undefined }, 'timeline');

/** Changes every timeline that is shown of the account, whatever kinds it is filtered by. */
function changeTimelines(
  client: QueryClient,
  accountId: string,
  change: (pages: Pages, kinds: TimelineKind[]) => Pages,
) {
  const queries = client.getQueriesData<Pages>({ queryKey: timelineKey(accountId) });
  for (const [key, pages] of queries) {
    if (pages) client.setQueryData(key, change(pages, key.at(-1) as TimelineKind[]));
  }
}

function entryOf({ kind, occurred_at, subject, body, contact_ids }: Interaction, author: string): TimelineEntry {
  return {
    kind,
    id: unsavedId,
    at: occurred_at,
    whole_day: false,
    title: subject,
    body,
    who: author,
    detail: { contact_ids },
  };
}

export function useInteractions(accountId: string, author: string) {
  const client = useQueryClient();
  const before = async () => {
    await client.cancelQueries({ queryKey: timelineKey(accountId) });
    return { timelines: client.getQueriesData<Pages>({ queryKey: timelineKey(accountId) }) };
  };
  type Before = Awaited<ReturnType<typeof before>>;
  const restore = (kept: Before | undefined) =>
    kept?.timelines.forEach(([key, pages]) => client.setQueryData(key, pages));
  const onSettled = () => readAgain(client, accountId);

  const add = useMutation({
    mutationFn: (interaction: Interaction) =>
      sendJson<{ id: number }>('POST', `/api/accounts/${accountId}/interactions`, interaction),
    onMutate: async (interaction) => {
      const kept = await before();
      changeTimelines(client, accountId, (pages, kinds) =>
        kinds.length === 0 || kinds.includes(interaction.kind) ? withEntry(pages, entryOf(interaction, author)) : pages,
      );
      return kept;
    },
    onError: (_error, _interaction, kept) => restore(kept),
    onSettled,
  });
  const change = useMutation({
    mutationFn: ({ id, ...interaction }: Partial<Interaction> & { id: number }) =>
      sendJson<{ id: number }>('PATCH', `/api/interactions/${id}`, interaction),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: number) => sendJson<void>('DELETE', `/api/interactions/${id}`),
    onMutate: async (id) => {
      const kept = await before();
      changeTimelines(client, accountId, (pages) => withoutEntry(pages, id));
      return kept;
    },
    onError: (_error, _id, kept) => restore(kept),
    onSettled,
  });
  return { add, change, remove };
}
