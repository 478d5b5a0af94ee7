/** One "d" attribute for a line over the values, oldest first. Gaps (null) stay gaps: what is not known is not drawn. */
export function sparklinePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  range: [number, number],
): string {
  const [low, high] = range;
  const span = high - low || 1;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let path = '';
  let pen = false;
  values.forEach((value, index) => {
    if (value === null) {
      pen = false;
      return;
    }
    const y = height - ((value - low) / span) * height;
    path += `${pen ? 'L' : 'M'}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    pen = true;
  });
  return path;
}

/** The range to draw in: that of the values, but never so narrow that noise of a point or two looks like a cliff. */
export function sparklineRange(values: readonly (number | null)[], minSpan: number): [number, number] {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return [0, minSpan];
  const low = Math.min(...known);
  const high = Math.max(...known);
  if (high - low >= minSpan) return [low, high];
  const middle = (low + high) / 2;
  return [middle - minSpan / 2, middle + minSpan / 2];
}
