// Axes that several charts about revenue share.

const step = 0.05;
const least = 0.1;

/**
 * Bounds for shares that lie close together, as NRR and GRR do: rounded to five points, and never so narrow that a
 * tenth of a point looks like a fall. Lines may leave zero out; bars must not.
 */
export function shareExtent(values: readonly (number | null | undefined)[]): { min: number; max: number } {
  const known = values.filter((value) => value != null);
  if (known.length === 0) return { min: 0, max: 1 };
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  let low = Math.floor(round(Math.min(...known) / step)) * step;
  let high = Math.ceil(round(Math.max(...known) / step)) * step;
  while (round(high - low) < least) {
    high += step;
    if (round(high - low) < least && low > 0) low -= step;
  }
  return { min: round(Math.max(low, 0)), max: round(high) };
}
