// What playbooks and the server tell each other, as api/playbooks.yaml describes it; a body is in playbook.ts.
import type { components, operations } from '../../api/schema';
import type { PlaybookBody } from './playbook';

type Schemas = components['schemas'];

export type Playbook = Schemas['Playbook'];
export type PlaybookDetail = Omit<Schemas['PlaybookDetail'], 'body'> & { body: PlaybookBody };
export type PlaybookTemplate = Omit<Schemas['PlaybookTemplate'], 'body'> & { body: PlaybookBody };
export type PlaybookFault = Schemas['PlaybookFault'];
export type DryRun = Schemas['DryRun'];
export type Explanation = operations['explainPlaybookForAccount']['responses']['200']['content']['application/json'];
export type Run = Schemas['Run'];
export type RunState = Schemas['RunState'];
export type RunStep = Schemas['RunStep'];
export type RunDetail = Omit<Schemas['RunDetail'], 'body'> & { body: PlaybookBody };
export type TraceLine = Schemas['TraceLine'];

export interface FailedRun extends Run {
  error: { ja: string; en: string };
  attempts: number;
  failed_at: string;
}

export const runStates = [
  'active',
  'waiting',
  'failed',
  'done',
  'goal',
  'exited',
  'stopped',
] as const satisfies RunState[];
/** What the list of runs can be narrowed to: all that go on, or one state. */
export const runFilters = ['live', ...runStates] as const;
export type RunFilter = (typeof runFilters)[number];

export function isLive({ state }: Pick<Run, 'state'>): boolean {
  return state === 'active' || state === 'waiting' || state === 'failed';
}
