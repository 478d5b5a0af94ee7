import { expect, it } from 'vitest';
import { pictureOf } from './course';

const agreed = { baseline: 100, target: 50, start: '2026-04-01', due: '2026-10-01' };

it('puts the course between the baseline and the target, high above low', () => {
  const picture = pictureOf({
    ...agreed,
    readings: [
      { day: '2026-07-01', value: 75 },
      { day: '2026-04-01', value: 100 },
    ],
  })!;
  expect(picture.from).toBe('2026-04-01');
  expect(picture.until).toBe('2026-10-01');
  const [[firstX, firstY], [lastX, lastY]] = picture.line as [[number, number], [number, number]];
  expect(firstX).toBe(0);
  expect(lastX).toBeCloseTo(0.5, 1);
  expect(firstY).toBeCloseTo(picture.baselineAt!, 6);
  expect(lastY).toBeGreaterThan(firstY); // a smaller figure lies lower
  expect(picture.agreed![1]).toEqual([1, picture.targetAt]);
});

it('draws nothing of a goal that nobody has measured', () => {
  expect(pictureOf({ ...agreed, readings: [] })).toBeNull();
  expect(
    pictureOf({ baseline: null, target: null, start: null, due: null, readings: [{ day: '2026-04-01', value: 1 }] }),
  ).toBeNull();
});

it('bears figures that do not move', () => {
  const picture = pictureOf({ ...agreed, target: 100, readings: [{ day: '2026-04-01', value: 100 }] })!;
  expect(picture.line[0]!.every(Number.isFinite)).toBe(true);
});
