// Axes that several charts about revenue share.

const least = 0.1;

/** Steps in which a range of shares is read well: the wider, the larger. */
function stepFor(range: number): number {
  if (range > 0.5) return 0.25;
  return range > 0.25 ? 0.1 : 0.05;
}

/**
 * Bounds and steps for shares that lie close together, as NRR and GRR do: round ones, and never so narrow that a tenth of
 * a point looks like a fall. Lines may leave zero out; bars must not.
 */
export function shareExtent(values: readonly (number | null | undefined)[]): {
  min: number;
  max: number;
  interval: number;
} {
  const known = values.filter((value) => value != null);
  if (known.length === 0) return { min: 0, max: 1, interval: 0.25 };
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  const step = stepFor(highest - lowest);
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  let low = Math.floor(round(lowest / step)) * step;
  let high = Math.ceil(round(highest / step)) * step;
  while (round(high - low) < least) {
    high += step;
    if (round(high - low) < least && low > 0) low -= step;
  }
  return { min: round(Math.max(low, 0)), max: round(high), interval: step };
}
