import { ActionIcon, Button, Group, MultiSelect, NumberInput, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useKnownWord } from '../../../lib/known-words/known-words';
import { useLanguage } from '../../../lib/viewer';
import type { CurveVariant } from '../types';
import { usePhases } from './AppliesWhenFields';
import { coversAll, inOrder } from './curve';
import classes from './Scorecard.module.css';

interface VariantsProps {
  name: string;
  variants: readonly CurveVariant[];
  chosen: number;
  onChoose: (at: number) => void;
  onChange?: (variants: CurveVariant[]) => void;
}

const longest_days = 3650;
/** A new variant begins so much later than the oldest: half a year, as published practices do. */
const usualStep_days = 180;

/** For whom which curve holds: by how long they are customers, and by their phase. */
export function Variants({ name, variants, chosen, onChoose, onChange }: VariantsProps) {
  const { t } = useTranslation('settings');
  const titleOf = useVariantTitle();
  const variant = variants[chosen]!;
  const put = (next: CurveVariant[], shown: CurveVariant | undefined) => {
    const ordered = inOrder(next);
    onChange?.(ordered);
    onChoose(Math.max(0, shown ? ordered.indexOf(shown) : 0));
  };
  const add = (added: CurveVariant) => put([...variants, added], added);
  const oldest = Math.max(
    ...variants.filter(({ phases }) => !phases?.length).map(({ from_age_days }) => from_age_days),
    0,
  );
  const set = (change: Partial<CurveVariant>) => {
    const next = { ...variant, ...change };
    put(
      variants.map((other, index) => (index === chosen ? next : other)),
      next,
    );
  };
  const remove = (at: number) =>
    put(
      variants.filter((_other, index) => index !== at),
      at === chosen ? undefined : variant,
    );
  return (
    <Stack gap={8}>
      <Group gap={6} role="group" aria-label={t('variant.of', { name })}>
        {variants.map((each, index) => (
          <Button
            key={index}
            size="compact-xs"
            variant={index === chosen ? 'light' : 'default'}
            aria-pressed={index === chosen}
            onClick={() => onChoose(index)}
          >
            {titleOf(each)}
          </Button>
        ))}
        {onChange && (
          <>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={13} aria-hidden />}
              onClick={() => add({ from_age_days: oldest + usualStep_days, curve: variant.curve })}
            >
              {t('variant.addAge')}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={13} aria-hidden />}
              onClick={() => add({ from_age_days: 0, phases: ['onboarding'], curve: variant.curve })}
            >
              {t('variant.addPhase')}
            </Button>
          </>
        )}
      </Group>
      {variants.length > 1 && (
        <VariantFields variant={variant} onChange={onChange && set} onRemove={onChange && (() => remove(chosen))} />
      )}
      {!coversAll(variants) && (
        <Text fz="sm" className={classes.fault} role="alert" component="div">
          {t('variant.notAll')}
        </Text>
      )}
    </Stack>
  );
}

interface VariantFieldsProps {
  variant: CurveVariant;
  onChange?: (change: Partial<CurveVariant>) => void;
  onRemove?: () => void;
}

function VariantFields({ variant, onChange, onRemove }: VariantFieldsProps) {
  const { t } = useTranslation('settings');
  const phases = usePhases();
  const known = new Set(phases.map(({ value }) => value));
  const unknown = (variant.phases ?? []).filter((phase) => !known.has(phase));
  return (
    <div className={classes.row}>
      <NumberInput
        size="xs"
        w={200}
        label={t('variant.fromAge')}
        min={0}
        max={longest_days}
        allowDecimal={false}
        disabled={!onChange}
        value={variant.from_age_days}
        onChange={(days) => typeof days === 'number' && onChange?.({ from_age_days: days })}
      />
      <MultiSelect
        size="xs"
        style={{ flex: '1 1 240px', maxWidth: 420 }}
        label={t('variant.phases')}
        placeholder={variant.phases?.length ? undefined : t('variant.anyPhase')}
        disabled={!onChange}
        data={[...phases, ...unknown.map((phase) => ({ value: phase, label: phase }))]}
        value={variant.phases ?? []}
        onChange={(next) => onChange?.({ phases: next.length > 0 ? next : undefined })}
      />
      {onRemove && (
        <ActionIcon variant="default" size={30} aria-label={t('variant.remove')} onClick={onRemove}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}

/** "Onboarding", "From day 180", "All customers". */
function useVariantTitle(): (variant: CurveVariant) => string {
  const { t } = useTranslation('settings');
  const word = useKnownWord();
  const language = useLanguage();
  return ({ from_age_days, phases }) => {
    const named = (phases ?? []).map((phase) => word('phase', phase)).join(language === 'ja' ? '・' : ', ');
    const aged = from_age_days > 0 ? t('variant.fromDay', { count: from_age_days }) : '';
    return [named, aged].filter(Boolean).join(' / ') || t('variant.base');
  };
}
