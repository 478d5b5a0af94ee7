import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import type { Journey } from '../requests';
import ui from '../ui/Ui.module.css';
import classes from './Journey.module.css';

/** The stages in a row: those passed, the one they are in, those ahead. */
export function StageTrack({ journey }: { journey: Journey }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const current = journey.stages.find(({ state }) => state === 'current');
  return (
    <>
      <ol className={classes.track} aria-label={journey.name[language]}>
        {journey.stages.map(({ key, name, state }, index) => (
          <li key={key} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
            <span className={classes.dot} aria-hidden>
              {state === 'passed' ? <IconCheck size={16} stroke={2.5} /> : index + 1}
            </span>
            <span>
              {name[language]}
              <span className="visually-hidden"> ({t(`journey.state.${state}`)})</span>
            </span>
          </li>
        ))}
      </ol>
      {current && (
        <div className={classes.now}>
          <p>
            <strong>{t('journey.now', { name: current.name[language] })}</strong>
          </p>
          {current.outcome[language] && <p>{t('journey.outcome', { outcome: current.outcome[language] })}</p>}
          {journey.expected_until && (
            <p className={ui.quiet}>{t('journey.expected', { day: format.day(journey.expected_until) })}</p>
          )}
        </div>
      )}
      {journey.arrived && (
        <div className={classes.now}>
          <p>
            <strong>{t('journey.arrived')}</strong>
          </p>
        </div>
      )}
    </>
  );
}
