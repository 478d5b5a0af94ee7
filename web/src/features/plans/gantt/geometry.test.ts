import { describe, expect, it } from 'vitest';
import { daysBetween } from '../../../lib/format/date';
import {
  arrowPath,
  boxOf,
  countedMonthsOf,
  daysOf,
  leftOf,
  monthsOf,
  moved,
  moveOfKey,
  scaleOf,
  slips,
  widthOf,
  zooms,
  type Dependent,
} from './geometry';

const today = '2026-11-22';

describe('the scale of the timeline', () => {
  it.each(zooms)('covers everything and today in whole months (%s)', (zoom) => {
    const scale = scaleOf(['2026-10-03', '2027-03-31'], today, zoom);
    expect(scale.first.endsWith('-01')).toBe(true);
    expect(scale.first <= '2026-10-03').toBe(true);
    expect(scale.last >= '2027-03-31').toBe(true);
    const marks = monthsOf(scale);
    expect(marks[0]!.left_px).toBe(0);
    expect(marks.reduce((sum, { width_px }) => sum + width_px, 0)).toBeCloseTo(widthOf(scale));
  });

  it('counts the months of a template from its first day, each once', () => {
    const start = '1970-01-01';
    const scale = scaleOf(['1970-04-01'], start, 'months');
    const marks = countedMonthsOf(scale, start);
    expect(marks[0]!.left_px).toBe(leftOf(scale, start));
    expect(marks.map(({ day }) => daysBetween(start, day))).toEqual(marks.map((_, index) => 30 * index));
    expect(marks.at(-1)!.left_px).toBeLessThan(widthOf(scale));
  });

  it('shows today where nothing has a day yet', () => {
    const scale = scaleOf([], today, 'months');
    expect(leftOf(scale, today)).toBeGreaterThan(0);
    expect(leftOf(scale, today)).toBeLessThan(widthOf(scale));
  });

  it('fills the room that there is', () => {
    expect(widthOf(scaleOf([], today, 'quarters', 900))).toBeCloseTo(900);
    expect(widthOf(scaleOf([], today, 'weeks', 10))).toBeGreaterThan(400);
  });

  it('reads a movement of the pointer as whole days', () => {
    const scale = scaleOf([], today, 'months');
    for (const days of [-30, -1, 0, 1, 12]) expect(daysOf(scale, days * scale.dayWidth_px + 2)).toBe(days);
  });
});

describe('bars', () => {
  const scale = scaleOf(['2026-11-01', '2026-12-31'], today, 'weeks');

  it('cover their first and last day', () => {
    expect(boxOf(scale, { start: '2026-11-10', due: '2026-11-12' })!.width_px).toBe(3 * scale.dayWidth_px);
    expect(boxOf(scale, { start: null, due: '2026-11-12' })!.width_px).toBe(scale.dayWidth_px);
    expect(boxOf(scale, { start: '2026-11-12', due: null })!.left_px).toBe(leftOf(scale, '2026-11-12'));
  });

  it('are not drawn without a day, and not turned round where the days are', () => {
    expect(boxOf(scale, { start: null, due: null })).toBeNull();
    expect(boxOf(scale, { start: '2026-11-12', due: '2026-11-10' })).toEqual(
      boxOf(scale, { start: '2026-11-10', due: '2026-11-12' }),
    );
  });

  it('move by days, and no end passes the other', () => {
    const span = { start: '2026-11-10', due: '2026-11-12' };
    expect(moved(span, { end: 'move', days: 20 })).toEqual({ start: '2026-11-30', due: '2026-12-02' });
    expect(moved(span, { end: 'due', days: -9 })).toEqual({ start: '2026-11-10', due: '2026-11-10' });
    expect(moved(span, { end: 'start', days: 9 })).toEqual({ start: '2026-11-12', due: '2026-11-12' });
    expect(moved({ start: null, due: '2026-11-12' }, { end: 'start', days: -2 })).toEqual({
      start: '2026-11-10',
      due: '2026-11-12',
    });
  });

  it('listen to arrows and plus and minus', () => {
    expect(moveOfKey('ArrowLeft', true)).toEqual({ end: 'move', days: -7 });
    expect(moveOfKey('+', false)).toEqual({ end: 'due', days: 1 });
    expect(moveOfKey('a', false)).toBeNull();
  });

  it('are joined by arrows that never run backwards through a bar', () => {
    expect(arrowPath({ x: 10, y: 20 }, { x: 60, y: 50 })).toBe('M10 20H18V50H60');
    expect(arrowPath({ x: 60, y: 20 }, { x: 10, y: 50 })).toBe('M60 20H68V35H2V50H10');
  });
});

describe('what slips', () => {
  const action = (key: string, start: string, due: string, ...depends_on: string[]): Dependent => ({
    key,
    start,
    due,
    depends_on,
    done_on: null,
  });
  const actions = [
    action('first', '2026-11-01', '2026-11-10'),
    action('second', '2026-11-11', '2026-11-15', 'first'),
    action('third', '2026-11-20', '2026-11-25', 'second'),
    action('apart', '2026-11-11', '2026-11-12'),
  ];

  it('is pushed along the chain, each keeping its length', () => {
    const after = slips(actions, 'first', { start: '2026-11-08', due: '2026-11-17' });
    expect(after.get('second')).toEqual({ start: '2026-11-18', due: '2026-11-22' });
    expect(after.get('third')).toEqual({ start: '2026-11-23', due: '2026-11-28' });
    expect(after.has('apart')).toBe(false);
    expect(after.has('first')).toBe(false);
  });

  it('is nothing where there is room, and never what is done', () => {
    expect(slips(actions, 'second', { start: '2026-11-11', due: '2026-11-19' }).size).toBe(0);
    const done = actions.map((each) => (each.key === 'second' ? { ...each, done_on: '2026-11-14' } : each));
    expect(slips(done, 'first', { start: '2026-11-08', due: '2026-11-17' }).size).toBe(0);
  });

  it('comes to an end where actions wait for each other', () => {
    const circle = [action('a', '2026-11-01', '2026-11-05', 'b'), action('b', '2026-11-06', '2026-11-09', 'a')];
    const after = slips(circle, 'a', { start: '2026-11-10', due: '2026-11-14' });
    expect(daysBetween('2026-11-14', after.get('b')!.start!)).toBe(1);
  });
});
