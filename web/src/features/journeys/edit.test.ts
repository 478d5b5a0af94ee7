import { describe, expect, it } from 'vitest';
import { addMilestone, addMoment, addStage, changeStage, freeKey, isComplete, moveStage, removeStage } from './edit';
import { emptyCondition } from '../../components/filter/condition';
import { starterJourney } from './starter';
import type { JourneyBody } from './types';

const empty: JourneyBody = { name: { ja: 'あ', en: 'A' }, description: '', rank: 100, stages: [] };
const keys = (body: JourneyBody) => body.stages.map(({ key }) => key);
const three = addStage(addStage(addStage(empty, -1), 0), 1);

describe('the editor of a journey', () => {
  it('gives every stage and milestone a key of its own', () => {
    expect(keys(three)).toEqual(['stage_1', 'stage_2', 'stage_3']);
    expect(keys(addStage(removeStage(three, 0), 0))).toEqual(['stage_2', 'stage_1', 'stage_3']);
    const two = addMilestone(addMilestone(three, 0), 2);
    expect(two.stages[0]?.milestones[0]?.key).toBe('milestone_1');
    expect(two.stages[2]?.milestones[0]?.key).toBe('milestone_2');
    expect(addMoment(three, 1).stages[1]?.moments_of_truth[0]?.key).toBe('moment_1');
    expect(freeKey('a', ['a_1', 'a_3'])).toBe('a_2');
  });

  it('moves stages, and leaves the ends alone', () => {
    expect(keys(moveStage(three, 0, 1))).toEqual(['stage_2', 'stage_1', 'stage_3']);
    expect(moveStage(three, 0, -1)).toBe(three);
    expect(moveStage(three, 2, 1)).toBe(three);
    expect(keys(moveStage(three, 2, -1))).toEqual(['stage_1', 'stage_3', 'stage_2']);
  });

  it('knows what cannot be saved yet', () => {
    expect(isComplete(empty)).toBe(false);
    expect(isComplete(three)).toBe(false);
    const named = changeStage(addStage(empty, -1), 0, { name: { ja: '開始', en: 'Start' } });
    expect(isComplete(named)).toBe(true);
    expect(isComplete(addMilestone(named, 0))).toBe(false);
    const milestone = { ...starterJourney.stages[0]!.milestones[0]!, condition: emptyCondition };
    expect(isComplete(changeStage(named, 0, { milestones: [milestone] }))).toBe(false);
  });

  it('offers a starter that can be saved as it is', () => {
    expect(isComplete(starterJourney)).toBe(true);
  });
});
