// From an opening figure over what changed it to the closing one, as bars that hang together.

export interface WaterfallStep {
  key: string;
  name: string;
  /** A level stands on zero and says how much there is; a change hangs where the step before it ended. */
  kind: 'level' | 'change';
  /** Of a change with its sign. */
  amount: number;
}

export interface WaterfallBar extends WaterfallStep {
  from: number;
  to: number;
  tone: 'level' | 'rise' | 'fall';
}

/** Where every bar begins and ends. A level is drawn as it is given: that the changes lead to it is for the eye to see. */
export function waterfallBars(steps: readonly WaterfallStep[]): WaterfallBar[] {
  let reached = 0;
  return steps.map((step) => {
    const from = step.kind === 'level' ? 0 : reached;
    const to = from + step.amount;
    reached = to;
    return { ...step, from, to, tone: step.kind === 'level' ? 'level' : step.amount < 0 ? 'fall' : 'rise' };
  });
}

/** The changes between a level and the next one, minus their difference: zero where the figures hang together. */
export function waterfallRemainder(steps: readonly WaterfallStep[]): number {
  const bars = waterfallBars(steps);
  return bars.reduce(
    (remainder, bar, index) =>
      bar.kind === 'level' && index > 0 ? remainder + bar.amount - bars[index - 1]!.to : remainder,
    0,
  );
}
