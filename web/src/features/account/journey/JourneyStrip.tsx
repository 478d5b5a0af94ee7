import { IconCheck, IconFlag, IconMapPinFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import classes from './Journey.module.css';
import { groundOfPassing, placeOf } from './places';
import { type JourneyMap, type Position } from './requests';

interface JourneyStripProps {
  map: JourneyMap;
  position: Position;
  /** Names alone, for a summary. */
  short?: boolean;
}

/** Stage after stage: what was passed and on what ground, and where the account is now. */
export function JourneyStrip({ map, position, short = false }: JourneyStripProps) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const here = placeOf(map, position.stage) ?? 0;
  return (
    <ol className={classes.strip} data-short={short || undefined} aria-label={t('journey.map')}>
      {map.stages.map((stage, index) => {
        const ground = groundOfPassing(map, position, index);
        const isHere = index === here;
        return (
          <li
            key={stage.key}
            className={classes.stop}
            data-ground={isHere ? undefined : ground}
            data-here={isHere || undefined}
            aria-current={isHere ? 'step' : undefined}
          >
            <span className={classes.stopName}>
              {isHere ? (
                <IconMapPinFilled size={14} aria-hidden />
              ) : (
                ground && <IconCheck size={14} stroke={2.4} aria-hidden />
              )}
              {stage.name[language]}
            </span>
            {(isHere || ground) && (
              <span className={classes.stopGround}>{isHere ? t('journey.here') : t(`journey.passed.${ground!}`)}</span>
            )}
            {!short && stage.outcome[language] !== '' && (
              <span className={classes.stopOutcome}>{stage.outcome[language]}</span>
            )}
          </li>
        );
      })}
      <li className={classes.stop} data-end data-here={here === map.stages.length || undefined}>
        <span className={classes.stopName}>
          <IconFlag size={14} aria-hidden /> {t('journey.arrived')}
        </span>
      </li>
    </ol>
  );
}
