import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { Panel } from '../Panel';
import classes from './Journey.module.css';
import type { AccountJourney } from './requests';

/** The stages in which the account was, newest first. Nothing before the first. */
export function Stays({ journey }: { journey: AccountJourney }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const format = useFormat();
  if (journey.stays.length === 0) return null;
  return (
    <Panel title={t('journey.course')}>
      <ul className={classes.reviews}>
        {journey.stays.toReversed().map((stay) => (
          <li key={`${stay.journey} ${stay.stage} ${stay.entered}`}>
            <span>{stay.stage_name[language]}</span>
            <span>
              {stay.is_first_look ? (
                t('journey.before', { day: format.day(stay.entered) })
              ) : (
                <DateText value={stay.entered} form="absolute" />
              )}
              {' – '}
              {stay.left && <DateText value={stay.left} form="absolute" />}
            </span>
            <span className={classes.since}>{t(`journey.basis.${stay.basis}`)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
