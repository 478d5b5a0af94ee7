import type { CallKind, CallOutcome } from '../../../api/work';
import type { TwoLanguages } from '../../../lib/language';

interface OutcomesOfKind {
  kind: CallKind;
  outcomes: readonly { outcome: CallOutcome; name: TwoLanguages }[];
}

/** The outcomes that fit every one of these kinds, in the order of the first. */
export function commonOutcomes(byKind: readonly OutcomesOfKind[], kinds: ReadonlySet<CallKind>) {
  const [first, ...others] = byKind.filter(({ kind }) => kinds.has(kind));
  return (first?.outcomes ?? []).filter(({ outcome }) =>
    others.every(({ outcomes }) => outcomes.some((each) => each.outcome === outcome)),
  );
}
