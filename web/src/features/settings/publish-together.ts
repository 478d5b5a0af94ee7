// A draft of a scorecard may use measures that were never published; then all of them are published as one release.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Definition, definitionsQuery, publishTogether } from '../../api/definitions';
import { useMeasures } from './definitions';
import { allItems } from './scorecard/tree';
import type { MeasureBody, ScorecardBody } from './types';
import { operandsOf } from './measure/expression';

/** The never published measures that a draft of a scorecard needs, those that they are made of included. */
export function useFreshMeasures(definition: Definition<unknown>): MeasureBody[] {
  const list = useQuery(definitionsQuery('measure'));
  const measures = useMeasures();
  if (definition.kind !== 'scorecard' || !definition.draft_body || !measures) return [];
  const fresh = new Set(list.data?.filter(({ version }) => version === 0).map(({ key }) => key));
  const needed = new Set<string>();
  const need = (key: string) => {
    const body = measures.get(key);
    if (!body || needed.has(key)) return;
    needed.add(key);
    [...(body.of ?? []), ...operandsOf(body.expression ?? '')].forEach(need);
  };
  allItems((definition.draft_body as ScorecardBody).groups).forEach(({ measure }) => need(measure));
  return [...needed].filter((key) => fresh.has(key)).flatMap((key) => measures.get(key) ?? []);
}

export function usePublishTogether(definition: Definition<unknown>, measures: readonly MeasureBody[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (why: string) =>
      publishTogether(
        [
          ...measures.map((body) => ({ kind: 'measure' as const, key: body.key, body })),
          { kind: definition.kind, key: definition.key, body: definition.draft_body },
        ],
        why,
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['definitions'] }),
  });
}
