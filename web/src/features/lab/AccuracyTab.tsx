import { CalibrationChart } from './CalibrationChart';
import classes from './Lab.module.css';
import { LevelRates } from './LevelRates';
import { PrecisionRecallChart } from './PrecisionRecallChart';
import { RocChart } from './RocChart';
import type { Judged } from './use-judgement';
import type { Judgement } from './types';

/** How well the score tells those apart to whom it happened. */
export function AccuracyTab({ judged, candidate }: { judged: Judged; candidate: Judgement }) {
  const before = judged.isApart ? judged.published : undefined;
  return (
    <div className={classes.charts}>
      <LevelRates judgement={candidate} />
      <CalibrationChart judgement={candidate} />
      <RocChart judgement={candidate} before={before} />
      <PrecisionRecallChart judgement={candidate} before={before} />
    </div>
  );
}
