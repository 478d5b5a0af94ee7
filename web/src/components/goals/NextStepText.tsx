import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type NextStep } from '../../api/plans';
import { useFormat, useLanguage } from '../../lib/viewer';
import classes from './Goals.module.css';

/** What happens next, by whom and until when; that nothing does is said as loudly. */
export function NextStepText({ step }: { step: NextStep | null }) {
  const { t } = useTranslation('goals');
  const format = useFormat();
  const language = useLanguage();
  if (!step)
    return (
      <span className={classes.late}>
        <IconAlertTriangle size={14} aria-hidden /> {t('nextStep.none')}
      </span>
    );
  const name = wordsIn(step.name, language);
  // The day before the owner: where there is little room, what is cut is the name of a role.
  const details = [
    step.due && `${format.dayShort(step.due)} ${format.relativeDay(step.due)}`,
    t(`side.${step.side}`),
    wordsIn(step.owner_name, language),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <span title={`${name}\n${details}`} className={classes.step}>
      <span>{name}</span>
      <Text span fz="xs" c="dimmed">
        {step.is_late && <span className={classes.late}>{t('nextStep.late')} · </span>}
        {details}
      </Text>
    </span>
  );
}
