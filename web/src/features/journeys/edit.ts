// Changes to a journey's body as pure steps: what the editor's buttons do.
import { emptyCondition, type Condition } from '../../components/filter/condition';
import type { JourneyBody, MilestoneBody, MomentBody, StageBody } from './types';

const noWords = { ja: '', en: '' };

/** The first of "stage_1", "stage_2" ... that is not taken. */
export function freeKey(prefix: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const key = `${prefix}_${number}`;
    if (!taken.includes(key)) return key;
  }
}

const allMilestones = (body: JourneyBody) => body.stages.flatMap(({ milestones }) => milestones.map(({ key }) => key));

export function emptyStage(body: JourneyBody): StageBody {
  return {
    key: freeKey(
      'stage',
      body.stages.map(({ key }) => key),
    ),
    name: noWords,
    outcome: noWords,
    feeling: noWords,
    expected_days: 30,
    our_role: 'csm',
    their_role: '',
    moments_of_truth: [],
    milestones: [],
  };
}

export function addStage(body: JourneyBody, after: number): JourneyBody {
  return { ...body, stages: body.stages.toSpliced(after + 1, 0, emptyStage(body)) };
}

export function removeStage(body: JourneyBody, index: number): JourneyBody {
  return { ...body, stages: body.stages.toSpliced(index, 1) };
}

export function changeStage(body: JourneyBody, index: number, change: Partial<StageBody>): JourneyBody {
  return { ...body, stages: body.stages.map((stage, i) => (i === index ? { ...stage, ...change } : stage)) };
}

/** Moves a stage by `step`; at the ends nothing changes. */
export function moveStage(body: JourneyBody, index: number, step: 1 | -1): JourneyBody {
  const to = index + step;
  const stage = body.stages[index];
  if (!stage || to < 0 || to >= body.stages.length) return body;
  return { ...body, stages: body.stages.toSpliced(index, 1).toSpliced(to, 0, stage) };
}

export function addMilestone(body: JourneyBody, stage: number): JourneyBody {
  const milestone: MilestoneBody = {
    key: freeKey('milestone', allMilestones(body)),
    name: noWords,
    required: true,
    confirmed_by_customer: false,
    grace_days: 7,
    condition: emptyCondition,
  };
  return changeStage(body, stage, { milestones: [...(body.stages[stage]?.milestones ?? []), milestone] });
}

export function addMoment(body: JourneyBody, stage: number): JourneyBody {
  const moments = body.stages[stage]?.moments_of_truth ?? [];
  const moment: MomentBody = {
    key: freeKey(
      'moment',
      moments.map(({ key }) => key),
    ),
    name: noWords,
    what: noWords,
  };
  return changeStage(body, stage, { moments_of_truth: [...moments, moment] });
}

const isNamed = ({ ja, en }: { ja: string; en: string }) => ja.trim() !== '' && en.trim() !== '';

/** A condition that asks something; what asks nothing is none. */
export const holding = (condition: Condition | undefined): Condition | undefined =>
  condition && condition.rules.length > 0 ? condition : undefined;

const isProvable = ({ condition, confirmed_by_customer }: MilestoneBody) =>
  condition === undefined ? confirmed_by_customer : holding(condition) !== undefined;

/** Whether it can be saved: the server checks the rest and names what is wrong. */
export function isComplete(body: JourneyBody): boolean {
  return (
    isNamed(body.name) &&
    body.stages.length > 0 &&
    body.stages.every(
      (stage) =>
        isNamed(stage.name) &&
        stage.milestones.every((milestone) => isNamed(milestone.name) && isProvable(milestone)) &&
        stage.moments_of_truth.every((moment) => isNamed(moment.name)),
    )
  );
}
