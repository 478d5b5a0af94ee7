import { Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useKnownWord, type WordField } from '../../../lib/known-words/known-words';
import { useLanguage } from '../../../lib/viewer';
import type { Curve } from '../types';
import { accountAttributesQuery } from './account-attributes';
import { CurveFigure } from './CurveFigure';
import { RemoveButton } from './RemoveButton';
import classes from './Scorecard.module.css';

interface ChoiceRowsProps {
  curve: Curve;
  /** The attribute that is scored by its choices. */
  attribute?: string;
  onChange?: (curve: Curve) => void;
}

/** Points for each choice of an attribute, and for any other. */
export function ChoiceRows({ curve, attribute, onChange }: ChoiceRowsProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const word = useKnownWord();
  const attributes = useQuery(accountAttributesQuery);
  const choices = curve.choices ?? {};
  const known = attributes.data?.find(({ key }) => key === attribute)?.choices ?? [];
  const nameOf = (value: string) => {
    const named = known.find((choice) => choice.value === value)?.name[language];
    return named && named !== value ? named : word((attribute ?? '') as WordField, value);
  };
  const set = (choice: string, points: number) => onChange?.({ ...curve, choices: { ...choices, [choice]: points } });
  const free = known.filter(({ value }) => !(value in choices));
  return (
    <Stack gap={4}>
      {Object.entries(choices).map(([choice, points]) => (
        <div key={choice} className={classes.edge}>
          <Text fz="sm">{nameOf(choice)}</Text>
          <CurveFigure
            label={t('curve.pointsOf', { choice: nameOf(choice) })}
            value={points}
            points
            onChange={onChange && ((next) => set(choice, next))}
          />
          <span />
          {onChange && (
            <RemoveButton
              label={t('curve.removeChoice', { choice: nameOf(choice) })}
              onClick={() =>
                onChange({
                  ...curve,
                  choices: Object.fromEntries(Object.entries(choices).filter(([other]) => other !== choice)),
                })
              }
            />
          )}
        </div>
      ))}
      <div className={classes.edge}>
        <Text fz="sm" c="dimmed">
          {t('curve.other')}
        </Text>
        <CurveFigure
          label={t('curve.pointsOf', { choice: t('curve.other') })}
          value={curve.other_points ?? 50}
          points
          onChange={onChange && ((next) => onChange({ ...curve, other_points: next }))}
        />
      </div>
      {onChange && free.length > 0 && (
        <Select
          size="xs"
          maw={216}
          aria-label={t('curve.addChoice')}
          placeholder={t('curve.addChoice')}
          searchable
          value={null}
          data={free.map(({ value }) => ({ value, label: nameOf(value) }))}
          onChange={(choice) => choice && set(choice, 50)}
        />
      )}
    </Stack>
  );
}
