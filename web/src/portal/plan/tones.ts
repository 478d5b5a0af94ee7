import type { Goal } from '../requests';
import type { Tone } from '../ui/Mark';

/** The colour of a goal's status: the same one on every page. */
export const goalTones: Record<Goal['status'], Tone> = {
  not_started: 'plain',
  on_track: 'good',
  watchpoint: 'mind',
  concern: 'bad',
  achieved: 'good',
  missed: 'bad',
};
