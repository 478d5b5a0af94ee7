import { describe, expect, it } from 'vitest';
import type { Step } from '../playbook';
import { neighbour, pictureOf, startId, stepSize } from './layout';

const name = { ja: '', en: '' };
const steps: Step[] = [
  { key: 'hello', kind: 'email', name, next: 'ask' },
  {
    key: 'ask',
    kind: 'branch',
    name,
    cases: [{ name: { ja: 'はい', en: 'Yes' }, condition: null, next: 'thank' }],
    otherwise: 'call',
  },
  { key: 'thank', kind: 'email', name, next: null },
  { key: 'call', kind: 'task', name, next: 'ask' },
];

describe('the picture of a playbook', () => {
  const picture = pictureOf(steps);
  const at = (id: string) => picture.spots.find((spot) => spot.id === id)!;
  it('goes from top to bottom', () => {
    expect(at(startId).y).toBeLessThan(at('hello').y);
    expect(at('hello').y).toBeLessThan(at('ask').y);
    expect(at('ask').y).toBeLessThan(at('thank').y);
  });
  it('lets no two steps overlap', () => {
    const boxes = picture.spots.filter(({ type }) => type === 'step');
    for (const a of boxes)
      for (const b of boxes)
        if (a !== b) expect(Math.abs(a.x - b.x) >= stepSize.width || Math.abs(a.y - b.y) >= stepSize.height).toBe(true);
  });
  it('leads long ways around the steps between', () => {
    const skip: Step[] = [
      { key: 'a', kind: 'approval', name, next: 'b', rejected: 'd' },
      { key: 'b', kind: 'task', name, next: 'c' },
      { key: 'c', kind: 'task', name, next: 'd' },
      { key: 'd', kind: 'end', name },
    ];
    const { arrows, spots } = pictureOf(skip);
    const way = arrows.find(({ port }) => port === 'rejected')!;
    for (const { id, x, y } of spots.filter(({ id: key }) => key === 'b' || key === 'c'))
      for (const point of way.via)
        expect(
          `${id} ${point.x > x && point.x < x + stepSize.width && point.y > y && point.y < y + stepSize.height}`,
        ).toBe(`${id} false`);
  });
  it('keeps the ways out from crossing below a step', () => {
    const [first] = picture.ports.get('ask')!;
    const left = at('thank').x < at('call').x ? 'case:0' : 'otherwise';
    expect(first).toBe(left);
  });
  it('draws an end where a way leads nowhere', () => {
    expect(picture.spots.filter(({ type }) => type === 'end')).toHaveLength(1);
    expect(picture.arrows.find(({ from }) => from === 'thank')).toMatchObject({ to: null, port: 'next' });
  });
  it('is walked by arrow keys', () => {
    expect(neighbour(picture, 'hello', 'down')).toBe('ask');
    expect(neighbour(picture, 'hello', 'up')).toBe(startId);
    expect(neighbour(picture, 'thank', 'down')).toBeUndefined();
    const [left, right] = [at('thank'), at('call')].toSorted((a, b) => a.x - b.x);
    expect(neighbour(picture, left!.id, 'right')).toBe(right!.id);
    expect(neighbour(picture, right!.id, 'left')).toBe(left!.id);
  });
});
