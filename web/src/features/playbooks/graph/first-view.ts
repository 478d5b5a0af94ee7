// What one sees of a playbook before moving the picture.
import { endSize, startId, startSize, stepSize, type Spot } from './layout';

/** Below this the words of a step cannot be read. */
const readableZoom = 0.85;
const margin_px = 24;
const sizes = { start: startSize, step: stepSize, end: endSize };

export interface View {
  x: number;
  y: number;
  zoom: number;
}

interface Size {
  width: number;
  height: number;
}

/** All of it where that can be read; otherwise from the start downwards, with the start in the middle. */
export function firstView(spots: readonly Spot[], frame: Size): View {
  if (spots.length === 0) return { x: 0, y: 0, zoom: 1 };
  const left = Math.min(...spots.map(({ x }) => x));
  const top = Math.min(...spots.map(({ y }) => y));
  const width = Math.max(...spots.map(({ x, type }) => x + sizes[type].width)) - left;
  const height = Math.max(...spots.map(({ y, type }) => y + sizes[type].height)) - top;
  const whole = Math.min(1, (frame.width - 2 * margin_px) / width, (frame.height - 2 * margin_px) / height);
  if (whole >= readableZoom) {
    const x = (frame.width - width * whole) / 2 - left * whole;
    return { x, y: (frame.height - height * whole) / 2 - top * whole, zoom: whole };
  }
  const start = spots.find(({ id }) => id === startId) ?? spots[0]!;
  const middle = start.x + sizes[start.type].width / 2;
  return { x: frame.width / 2 - middle * readableZoom, y: margin_px - start.y * readableZoom, zoom: readableZoom };
}
