import { Button, NumberInput, Select, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import settings from '../Settings.module.css';
import type { ForcedLevel } from '../types';
import { useEditing, useMeasureName } from './editing';
import { Faults } from './Faults';
import { RemoveButton } from './RemoveButton';
import classes from './Scorecard.module.css';
import { allItems } from './tree';

const usualPoints = 25;

/** Measures that pull the level down whatever the others say; the score itself stays. */
export function ForcedLevels() {
  const { t } = useTranslation('settings');
  const { body, change } = useEditing();
  const items = allItems(body.groups);
  const forced = body.forced ?? [];
  const set = change && ((next: ForcedLevel[]) => change({ forced: next.length > 0 ? next : undefined }));
  const first = items[0]?.measure;
  const lowest = body.levels.at(-1)?.key ?? '';
  return (
    <section>
      <Title order={2}>{t('forced.title')}</Title>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('forced.help')}
      </Text>
      {forced.length > 0 && (
        <div className={settings.box}>
          {forced.map((rule, index) => (
            <ForcedRow
              key={index}
              rule={rule}
              number={index + 1}
              onChange={set && ((next) => set(forced.map((other, at) => (at === index ? next : other))))}
              onRemove={set && (() => set(forced.filter((_rule, at) => at !== index)))}
            />
          ))}
        </div>
      )}
      <Faults path="forced" />
      {set && (
        <Button
          mt={8}
          size="xs"
          variant="default"
          disabled={first === undefined}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => first && set([...forced, { measure: first, at_most_points: usualPoints, level: lowest }])}
        >
          {t('forced.add')}
        </Button>
      )}
    </section>
  );
}

interface ForcedRowProps {
  rule: ForcedLevel;
  number: number;
  onChange?: (rule: ForcedLevel) => void;
  onRemove?: () => void;
}

function ForcedRow({ rule, number, onChange, onRemove }: ForcedRowProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const nameOf = useMeasureName();
  const { body } = useEditing();
  const keys = [...new Set([...allItems(body.groups).map(({ measure }) => measure), rule.measure])];
  return (
    <div className={classes.forced}>
      <Select
        size="xs"
        label={t('forced.measure')}
        searchable
        allowDeselect={false}
        disabled={!onChange}
        data={keys.map((key) => ({ value: key, label: nameOf(key) }))}
        value={rule.measure}
        onChange={(measure) => measure && onChange?.({ ...rule, measure })}
      />
      <NumberInput
        size="xs"
        label={t('forced.atMost')}
        min={0}
        max={100}
        disabled={!onChange}
        value={rule.at_most_points}
        onChange={(points) => typeof points === 'number' && onChange?.({ ...rule, at_most_points: points })}
      />
      <Select
        size="xs"
        label={t('forced.level')}
        allowDeselect={false}
        disabled={!onChange}
        data={body.levels.map(({ key, name }) => ({ value: key, label: name[language] || key }))}
        value={rule.level}
        onChange={(level) => level && onChange?.({ ...rule, level })}
      />
      {onRemove && <RemoveButton label={t('forced.remove', { number })} onClick={onRemove} />}
    </div>
  );
}
