// How far the account has come by what we assume, by what the data prove, and by the customer's own word.
import { arrived, type JourneyMap, type Position } from './requests';

export const bases = ['assumed', 'proven', 'confirmed'] as const;
export type Basis = (typeof bases)[number];

/** The number of the stage from 0; the number of stages where the last was passed; undefined where nobody said. */
export function placeOf(map: JourneyMap, stage: string | null): number | undefined {
  if (stage === null) return undefined;
  if (stage === arrived) return map.stages.length;
  const found = map.stages.findIndex(({ key }) => key === stage);
  return found < 0 ? undefined : found;
}

const signs = {
  proven: ({ reached_on }: Position['milestones'][number]) => reached_on !== null,
  confirmed: ({ confirmed_on }: Position['milestones'][number]) => confirmed_on !== null,
};

/** Where one ground alone puts the account; undefined where nothing speaks yet, although all begin in the first stage. */
export function placeBy(map: JourneyMap, position: Position, basis: Basis): number | undefined {
  const place = placeOf(map, position[basis]);
  if (basis === 'assumed' || place !== 0) return place;
  return position.milestones.some(signs[basis]) ? place : undefined;
}

/** The strongest ground on which a stage was passed; undefined: it was not. */
export function groundOfPassing(map: JourneyMap, position: Position, index: number): Basis | undefined {
  const passed = (stage: string | null) => (placeOf(map, stage) ?? 0) > index;
  if (passed(position.confirmed)) return 'confirmed';
  if (passed(position.proven)) return 'proven';
  return passed(position.stage) ? 'assumed' : undefined;
}
