import { ActionIcon, Button, NumberInput, Text, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LevelBadge } from '../../../components/LevelBadge';
import { useLanguage } from '../../../lib/viewer';
import settings from '../Settings.module.css';
import type { ScoreLevel } from '../types';
import { useEditing } from './editing';
import { Faults } from './Faults';
import { freeLevels, withLevelAdded, withLevelRemoved } from './levels';
import { NameFields } from './NameFields';
import classes from './Scorecard.module.css';

const fewestLevels = 2;

/** The levels, best first: from which score on a customer counts as what, and what that means. */
export function LevelsEditor() {
  const { t, i18n } = useTranslation('settings');
  const { body, change } = useEditing();
  const { levels } = body;
  const set = change && ((next: ScoreLevel[]) => change({ levels: next }));
  const free = freeLevels(levels);
  const wordIn = (key: string) => ({
    en: i18n.getFixedT('en', 'common')(`level.${key as 'watch'}`),
    ja: i18n.getFixedT('ja', 'common')(`level.${key as 'watch'}`),
  });
  return (
    <section>
      <Title order={2}>{t('levels.title')}</Title>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('levels.help')}
      </Text>
      <div className={settings.box}>
        {levels.map((level, index) => (
          <LevelRow
            key={level.key}
            level={level}
            above={levels[index - 1]}
            isLowest={index === levels.length - 1}
            onChange={set && ((next) => set(levels.map((other, at) => (at === index ? next : other))))}
            onRemove={set && levels.length > fewestLevels ? () => set(withLevelRemoved(levels, index)) : undefined}
          />
        ))}
      </div>
      <Faults path="levels" />
      {set && free.length > 0 && (
        <Button
          mt={8}
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => set(withLevelAdded(levels, free[0]!, wordIn(free[0]!)))}
        >
          {t('levels.add', { level: t(`common:level.${free[0]!}`) })}
        </Button>
      )}
    </section>
  );
}

interface LevelRowProps {
  level: ScoreLevel;
  above?: ScoreLevel;
  isLowest: boolean;
  onChange?: (level: ScoreLevel) => void;
  onRemove?: () => void;
}

function LevelRow({ level, above, isLowest, onChange, onRemove }: LevelRowProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const [editing, setEditing] = useState(false);
  const name = level.name[language];
  const tooHigh = above !== undefined && level.from >= above.from;
  return (
    <>
      <div className={classes.level}>
        <LevelBadge level={level.key} name={name} />
        <NumberInput
          size="xs"
          hideControls
          suffix={t('levels.orMore')}
          aria-label={t('levels.fromOf', { level: name })}
          min={0}
          max={100}
          disabled={!onChange || isLowest}
          error={tooHigh}
          value={level.from}
          onChange={(value) => typeof value === 'number' && onChange?.({ ...level, from: value })}
        />
        <Text fz="sm" c="dimmed">
          {tooHigh ? t('levels.tooHigh') : level.meaning?.[language]}
        </Text>
        <div style={{ display: 'flex', gap: 4 }}>
          {onChange && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-expanded={editing}
              aria-label={t('levels.rename', { level: name })}
              onClick={() => setEditing((now) => !now)}
            >
              <IconPencil size={14} aria-hidden />
            </ActionIcon>
          )}
          {onRemove && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('levels.remove', { level: name })}
              onClick={onRemove}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          )}
        </div>
      </div>
      {editing && onChange && (
        <div className={settings.boxBody}>
          <NameFields
            name={level.name}
            onName={(next) => onChange({ ...level, name: next })}
            describe="meaning"
            description={level.meaning}
            onDescription={(meaning) => onChange({ ...level, meaning })}
          />
        </div>
      )}
    </>
  );
}
