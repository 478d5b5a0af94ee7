import { Fieldset, NumberInput, Select, SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureBody, MissingPolicy, ScorecardItem } from '../types';
import { AppliesWhenFields } from './AppliesWhenFields';
import { variantsOf, withVariants } from './curve';
import { CurveEditor } from './CurveEditor';
import { DecayFields } from './DecayFields';
import classes from './Scorecard.module.css';
import { Variants } from './Variants';

interface ItemDetailsProps {
  item: ScorecardItem;
  name: string;
  measure?: MeasureBody;
  onChange?: (item: ScorecardItem) => void;
}

const policies: readonly MissingPolicy[] = ['ignore', 'neutral', 'bad'];

/** How a measure becomes points: curves by age and phase, missing data, to whom it applies, and how it ages. */
export function ItemDetails({ item, name, measure, onChange }: ItemDetailsProps) {
  const { t } = useTranslation('settings');
  const [chosen, setChosen] = useState(0);
  const variants = variantsOf(item);
  const at = Math.min(chosen, variants.length - 1);
  const variant = variants[at]!;
  return (
    <div className={classes.details}>
      <Variants
        name={name}
        variants={variants}
        chosen={at}
        onChoose={setChosen}
        onChange={onChange && ((next) => onChange(withVariants(item, next)))}
      />
      <CurveEditor
        key={at}
        curve={variant.curve}
        name={name}
        measure={measure}
        onChange={
          onChange &&
          ((curve) =>
            onChange(
              withVariants(
                item,
                variants.map((other, index) => (index === at ? { ...other, curve } : other)),
              ),
            ))
        }
      />
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="md">
        <Fieldset legend={t('missing.title')}>
          <Select
            size="xs"
            aria-label={t('scorecard.missingOf', { name })}
            allowDeselect={false}
            disabled={!onChange}
            data={policies.map((policy) => ({ value: policy, label: t(`missing.${policy}`) }))}
            value={item.missing}
            onChange={(policy) => policy && onChange?.({ ...item, missing: policy as MissingPolicy })}
          />
          <Text fz="xs" c="dimmed" mt={6}>
            {t(`missingHelp.${item.missing}`)}
          </Text>
          {item.missing === 'neutral' && (
            <NumberInput
              size="xs"
              mt={6}
              label={t('curve.neutralPoints')}
              min={0}
              max={100}
              disabled={!onChange}
              value={item.neutral_points ?? 50}
              onChange={(points) => typeof points === 'number' && onChange?.({ ...item, neutral_points: points })}
            />
          )}
        </Fieldset>
        <Fieldset legend={t('applies.title')}>
          <AppliesWhenFields
            value={item.applies_when}
            help={t('applies.help')}
            everybody={t('applies.all')}
            label={t('applies.of', { name })}
            onChange={onChange && ((applies_when) => onChange(withPart(item, 'applies_when', applies_when)))}
          />
        </Fieldset>
        <Fieldset legend={t('decay.title')}>
          <DecayFields
            value={item.decay}
            name={name}
            onChange={onChange && ((decay) => onChange(withPart(item, 'decay', decay)))}
          />
        </Fieldset>
      </SimpleGrid>
    </div>
  );
}

/** Sets an optional part, or leaves it out altogether. */
function withPart<Key extends 'applies_when' | 'decay'>(
  item: ScorecardItem,
  key: Key,
  part: ScorecardItem[Key],
): ScorecardItem {
  const rest = { ...item };
  delete rest[key];
  return part ? { ...rest, [key]: part } : rest;
}
