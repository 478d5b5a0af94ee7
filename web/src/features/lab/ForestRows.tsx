import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../components/InfoTip';
import { useFigures } from './figures';
import { IntervalBar } from './IntervalBar';
import classes from './Lab.module.css';
import type { Interval } from './types';

interface ForestRow {
  key: string;
  name: string;
  interval: Interval | null;
  isMain?: boolean;
  help?: string;
}

/** Several AUCs under each other on one scale, with the line where chance lies. */
export function ForestRows({ rows }: { rows: readonly ForestRow[] }) {
  const { t } = useTranslation('lab');
  const figures = useFigures();
  return (
    <div className={classes.forest}>
      {rows.map(({ key, name, interval, isMain = false, help }) => (
        <Fragment key={key}>
          <span className={classes.forestName} data-main={isMain || undefined}>
            {name}
            {help && <InfoTip about={name}>{help}</InfoTip>}
          </span>
          <span className={classes.forestValue} data-main={isMain || undefined} data-auc={key}>
            <span className="visually-hidden">AUC </span>
            {figures.auc(interval?.value)}
          </span>
          <IntervalBar interval={interval} tone={isMain ? 'main' : 'quiet'} />
          <span className={classes.forestRange}>
            {interval ? t('power.interval', { range: figures.aucRange(interval) }) : t('power.unknown')}
          </span>
        </Fragment>
      ))}
      <span className={classes.scale} aria-hidden>
        <i style={{ left: `${((0.5 - 0.3) / 0.7) * 100}%` }}>{t('power.chance')}</i>
        <i style={{ left: '100%' }}>{t('power.perfect')}</i>
      </span>
    </div>
  );
}
