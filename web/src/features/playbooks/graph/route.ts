// The line of an arrow: down from step to step, straight where it passes a row of other steps, bent in between.

export interface Point {
  x: number;
  y: number;
}

const lane_px = 20;
const corner_px = 10;

/** Bends that leave and arrive vertically, through every point. */
export function lineThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let from = first;
  let path = `M${first.x},${first.y}`;
  for (const to of rest) {
    const middle = (from.y + to.y) / 2;
    path +=
      Math.abs(from.x - to.x) < 1 ? ` L${to.x},${to.y}` : ` C${from.x},${middle} ${to.x},${middle} ${to.x},${to.y}`;
    from = to;
  }
  return path;
}

/** Back to a step above: out below the step, up beside all that lies between, and in from above. */
export function lineBack(source: Point, target: Point, lane_x: number): string {
  const below = source.y + lane_px;
  const above = target.y - lane_px;
  const corners = [
    source,
    { x: source.x, y: below },
    { x: lane_x, y: below },
    { x: lane_x, y: above },
    { x: target.x, y: above },
    target,
  ];
  return rounded(corners);
}

function rounded(points: readonly Point[]): string {
  const [first] = points;
  if (!first) return '';
  let path = `M${first.x},${first.y}`;
  for (let at = 1; at < points.length - 1; at += 1) {
    const corner = points[at]!;
    const into = towards(corner, points[at - 1]!);
    const out = towards(corner, points[at + 1]!);
    path += ` L${into.x},${into.y} Q${corner.x},${corner.y} ${out.x},${out.y}`;
  }
  const last = points.at(-1)!;
  return `${path} L${last.x},${last.y}`;
}

/** The point on the way from a corner where its rounding begins. */
function towards(corner: Point, end: Point): Point {
  const length = Math.hypot(end.x - corner.x, end.y - corner.y);
  if (length === 0) return corner;
  const reach = Math.min(corner_px, length / 2) / length;
  return { x: corner.x + (end.x - corner.x) * reach, y: corner.y + (end.y - corner.y) * reach };
}
