import { IconAlertTriangle, IconTrendingDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from './Journey.module.css';
import { bases, placeBy, type Basis } from './places';
import type { JourneyMap, Position } from './requests';

interface PositionProps {
  map: JourneyMap;
  position: Position;
}

/** The three grounds apart - what we assume, what the data prove, what the customer confirmed - and the time so far. */
export function PositionFacts({ map, position }: PositionProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('journey.inStage')}</dt>
        <dd>
          {position.expected_days > 0
            ? t('journey.daysOf', {
                days: format.number(position.days_in_stage),
                expected: format.number(position.expected_days),
              })
            : t('journey.days', { days: format.number(position.days_in_stage) })}{' '}
          <span className={classes.since}>
            (<DateText value={position.since} form="absolute" />
            {t('journey.sinceEnd')})
          </span>
        </dd>
      </div>
      <Grounds map={map} position={position} />
      <Trouble position={position} />
    </dl>
  );
}

export function Grounds({ map, position }: PositionProps) {
  return (
    <>
      {bases.map((basis) => (
        <Ground key={basis} basis={basis} map={map} position={position} />
      ))}
    </>
  );
}

function Ground({ basis, map, position }: PositionProps & { basis: Basis }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const place = placeBy(map, position, basis);
  return (
    <div data-basis={basis}>
      <dt>
        <span className={classes.swatch} data-basis={basis} /> {t(`journey.basis.${basis}`)}
      </dt>
      <dd>
        {place === undefined ? t('journey.notAssumed') : (map.stages[place]?.name[language] ?? t('journey.arrived'))}
      </dd>
    </div>
  );
}

/** Longer in the stage than expected, or something behind it no longer holds. */
export function Trouble({ position }: { position: Position }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  if (!position.is_stuck && !position.is_regressing) return null;
  return (
    <div className={classes.trouble}>
      {position.is_stuck && (
        <span>
          <IconAlertTriangle size={14} aria-hidden />{' '}
          {t('journey.stuck', { days: format.number(position.days_in_stage - position.expected_days) })}
        </span>
      )}
      {position.is_regressing && (
        <span>
          <IconTrendingDown size={14} aria-hidden /> {t('journey.regressing')}
        </span>
      )}
    </div>
  );
}
