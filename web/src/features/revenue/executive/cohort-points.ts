import type { Executive } from '../types';

export interface CohortPoint {
  row: number;
  column: number;
  share: number;
}

/** The cells of the triangle that are known, row by row. */
export function cohortPoints(cohorts: Executive['cohorts']): CohortPoint[] {
  return cohorts.flatMap(({ retained }, row) =>
    retained.flatMap((share, column) => (share === null ? [] : [{ row, column, share }])),
  );
}

const [nothing, everything] = [0.4, 1.2];
const darkest = 0.5;

/** How much of the accent a share carries: light enough at its darkest that the figure on it stays legible. */
export function shadeOf(share: number): number {
  const part = (share - nothing) / (everything - nothing);
  return 0.04 + Math.min(Math.max(part, 0), 1) * darkest;
}
