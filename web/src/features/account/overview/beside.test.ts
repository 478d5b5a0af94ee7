import { describe, expect, test } from 'vitest';
import type { ShownScore } from '../health-types';
import { besideFrom, historyLine, publicationMarks, shownLine } from './beside';

const axis = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
const shown = (day: string, score: number | null): ShownScore => ({
  day,
  score,
  shown_at: `${day}T09:00:00Z`,
  level: null,
  release: 1,
});
const published = (release: number, day: string) => ({
  release,
  day,
  published_at: `${day}T09:00:00Z`,
  author: 'A',
  why: { en: '', ja: '' },
});

describe('what the history is drawn beside', () => {
  test('is a version, what was shown, or nothing', () => {
    expect(besideFrom('3')).toEqual({ kind: 'release', release: 3 });
    expect(besideFrom('shown')).toEqual({ kind: 'shown' });
    for (const text of [undefined, '', 'x', '0', '1.5']) expect(besideFrom(text)).toBeUndefined();
  });

  test('shows the last score of a day until the next one, and none before the first', () => {
    const line = shownLine([shown('2026-01-02', 50), shown('2026-01-02', 52), shown('2026-01-04', null)], axis);
    expect(line).toEqual([
      ['2026-01-01', null],
      ['2026-01-02', 52],
      ['2026-01-03', 52],
      ['2026-01-04', null],
    ]);
  });

  test('begins with what was shown before the axis begins', () => {
    expect(shownLine([shown('2025-12-01', 40)], axis).map(([, score]) => score)).toEqual([40, 40, 40, 40]);
  });

  test('leaves out days that the axis does not have', () => {
    const history = { days: ['2025-12-31', '2026-01-03'], score: [1, 2], level: [], groups: {} };
    expect(historyLine(history, axis)).toEqual([['2026-01-03', 2]]);
  });

  test('marks the newest version of a day', () => {
    const marks = publicationMarks(
      [published(4, '2026-01-03'), published(3, '2026-01-03'), published(1, '2025-01-01')],
      axis,
    );
    expect(marks.map(({ release }) => release)).toEqual([4]);
  });
});
