import { useRef } from 'react';
import type { Basis } from '../revenue';
import type { Executive } from '../types';
import { ArrWaterfall } from './ArrWaterfall';
import { ChurnReasons } from './ChurnReasons';
import { CohortMap } from './CohortMap';
import classes from './Executive.module.css';
import { GoalsCard } from './GoalsCard';
import { Headline } from './Headline';
import { HealthByArr } from './HealthByArr';
import { Indicators } from './Indicators';
import { NamedMovements } from './NamedMovements';
import { RetentionTrend } from './RetentionTrend';
import { SheetHead } from './SheetHead';
import { usePrintSheet } from './use-print-sheet';

/** Everything that a board asks for, in the order in which it asks. */
export function Sheet({ data, basis }: { data: Executive; basis: Basis }) {
  const sheet = useRef<HTMLDivElement>(null);
  usePrintSheet(sheet);
  return (
    <div ref={sheet} className={classes.sheet} data-sheet>
      <SheetHead data={data} />
      <Headline data={data} />
      <div className={classes.grid}>
        <ArrWaterfall data={data} basis={basis} />
        <RetentionTrend data={data} />
        <GoalsCard data={data} />
        <HealthByArr data={data} />
        <ChurnReasons data={data} />
        <CohortMap data={data} />
        <NamedMovements data={data} list="largest" />
        <NamedMovements data={data} list="wins" />
      </div>
      <Indicators data={data} />
    </div>
  );
}
