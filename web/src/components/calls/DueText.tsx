import { useTranslation } from 'react-i18next';
import type { Day } from '../../lib/format/date';
import { useFormat } from '../../lib/viewer';
import classes from './Calls.module.css';

interface DueTextProps {
  day: Day;
  /** 0: today; negative: overdue. */
  businessDaysLeft: number;
  /** What is finished is neither near nor late. */
  isFinished?: boolean;
  /** The words alone, where the date stands elsewhere. */
  wordsOnly?: boolean;
}

/** A due day with the business days that are left, or that it is late. */
export function DueText({ day, businessDaysLeft, isFinished = false, wordsOnly = false }: DueTextProps) {
  const { t } = useTranslation('calls');
  const format = useFormat();
  const words =
    businessDaysLeft < 0
      ? t('due.late', { count: -businessDaysLeft })
      : businessDaysLeft === 0
        ? t('due.today')
        : t('due.left', { count: businessDaysLeft });
  const state = businessDaysLeft < 0 ? 'late' : businessDaysLeft <= 1 ? 'near' : undefined;
  return (
    <time dateTime={day} className={classes.due} data-words-only={wordsOnly || undefined} title={format.day(day)}>
      {!wordsOnly && format.dayShort(day)}
      {!isFinished && <span data-state={state}>{words}</span>}
    </time>
  );
}
