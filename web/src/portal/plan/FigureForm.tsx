import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { useEnterFigure, type Goal } from '../requests';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { Failure } from '../ui/States';
import { tell } from '../ui/told';
import { useIsViewed } from '../who';
import { useAmount } from './use-amount';
import classes from './Plan.module.css';
import { figureFrom } from './figure';

/** The customer's own figure on a day. */
export function FigureForm({ planId, goal, today }: { planId: number; goal: Goal; today: string }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const amount = useAmount(goal.unit);
  const isViewed = useIsViewed();
  const enter = useEnterFigure(planId);
  const [text, setText] = useState('');
  const [day, setDay] = useState(today);
  const value = figureFrom(text);
  const send = () => {
    if (value === undefined) return;
    carryOut(
      enter,
      { goal: goal.key, value, day },
      {
        onSuccess: () => {
          tell(t('figure.kept', { value: amount(value) }));
          setText('');
        },
      },
    );
  };
  return (
    <form
      className={classes.figureForm}
      aria-label={t('figure.of', { name: goal.name[language] })}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField
        label={goal.unit === '' ? t('figure.label') : t('figure.labelUnit', { unit: goal.unit })}
        inputMode="decimal"
        autoComplete="off"
        disabled={isViewed}
        error={text.trim() !== '' && value === undefined ? t('figure.notANumber') : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextField
        label={t('figure.day')}
        type="date"
        max={today}
        required
        disabled={isViewed}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <Button type="submit" isDeed isBusy={enter.isPending} disabled={value === undefined || day === ''}>
        {t('figure.keep')}
      </Button>
      {enter.isError && <Failure error={enter.error} />}
    </form>
  );
}
