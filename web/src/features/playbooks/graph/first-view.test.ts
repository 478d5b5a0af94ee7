import { describe, expect, it } from 'vitest';
import type { Step } from '../playbook';
import { firstView } from './first-view';
import { pictureOf, startId, startSize } from './layout';

const name = { ja: '', en: '' };
const chainOf = (count: number): Step[] =>
  Array.from({ length: count }, (_, index): Step => ({
    key: `s${index}`,
    kind: 'task',
    name,
    next: index + 1 < count ? `s${index + 1}` : null,
  }));
const frame = { width: 720, height: 560 };

describe('the first view of a playbook', () => {
  it('shows a short one whole and in the middle', () => {
    const { spots } = pictureOf(chainOf(2));
    const { x, y, zoom } = firstView(spots, frame);
    expect(zoom).toBeGreaterThanOrEqual(0.85);
    for (const spot of spots) {
      expect(spot.x * zoom + x).toBeGreaterThan(0);
      expect(spot.y * zoom + y).toBeGreaterThan(0);
      expect(spot.y * zoom + y).toBeLessThan(frame.height);
    }
  });
  it.each([720, 340])('begins a long one readably at its start, %i px wide', (width) => {
    const { spots } = pictureOf(chainOf(20));
    const { x, y, zoom } = firstView(spots, { width, height: 560 });
    expect(zoom).toBe(0.85);
    const start = spots.find(({ id }) => id === startId)!;
    expect((start.x + startSize.width / 2) * zoom + x).toBeCloseTo(width / 2);
    expect(start.y * zoom + y).toBeCloseTo(24);
  });
  it('never enlarges', () => {
    expect(firstView(pictureOf(chainOf(1)).spots, { width: 4000, height: 4000 }).zoom).toBe(1);
  });
});
