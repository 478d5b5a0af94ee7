import { Group, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from '../../api/intake';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat } from '../../lib/viewer';
import { useSourceDeeds } from './sources';

const modes = ['automatic', 'minutes', 'never'] as const;
type Mode = (typeof modes)[number];

const firstMinutes = 60;
const mostMinutes = 86_400;

function modeOf(minutes: number | null): Mode {
  if (minutes === null) return 'automatic';
  return minutes === 0 ? 'never' : 'minutes';
}

/** After how long without events a source is reported as silent. */
export function SilenceChoice({ source }: { source: IntakeSource }) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const { change } = useSourceDeeds();
  const before = source.silent_after_minutes;
  const [mode, setMode] = useState<Mode>(modeOf(before));
  const [minutes, setMinutes] = useState<number | string>(before || source.expected_gap_minutes || firstMinutes);
  const save = (next: number | null, isUndo = false) => {
    if (next === before && !isUndo) return;
    carryOut(
      change,
      { id: source.id, silent_after_minutes: next },
      {
        onSuccess: () => !isUndo && showToast(t('silence.saved'), () => save(before, true)),
        onError: (error) => {
          setMode(modeOf(before));
          showProblem(error);
        },
      },
    );
  };
  const choose = (next: Mode) => {
    setMode(next);
    if (next === 'automatic') save(null);
    if (next === 'never') save(0);
    if (next === 'minutes') save(Number(minutes) || firstMinutes);
  };
  const saveMinutes = () => {
    const chosen = Math.round(Number(minutes));
    if (chosen >= 1 && chosen <= mostMinutes) save(chosen);
    else setMinutes(before || firstMinutes);
  };
  return (
    <Stack gap={6}>
      <Text fz="sm" fw={500} id={`silence-${source.id}`}>
        {t('silence.label')}
      </Text>
      <Group gap={12}>
        <SegmentedControl
          size="xs"
          aria-labelledby={`silence-${source.id}`}
          value={mode}
          onChange={(next) => choose(modes.find((each) => each === next) ?? 'automatic')}
          data={modes.map((each) => ({ value: each, label: t(`silence.${each}`) }))}
        />
        {mode === 'minutes' && (
          <NumberInput
            size="xs"
            w={110}
            min={1}
            max={mostMinutes}
            suffix={t('silence.suffix')}
            aria-label={t('silence.threshold')}
            value={minutes}
            onChange={setMinutes}
            onBlur={saveMinutes}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        )}
      </Group>
      <Text fz="xs" c="dimmed">
        {mode !== 'automatic'
          ? t(`silence.${mode}Help`)
          : source.expected_gap_minutes === null
            ? t('silence.learning')
            : t('silence.automaticHelp', {
                count: source.expected_gap_minutes,
                formatted: format.number(source.expected_gap_minutes),
              })}
      </Text>
    </Stack>
  );
}
