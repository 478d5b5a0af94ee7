import { NumberInput, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LevelBadge } from '../../components/LevelBadge';
import { useLanguage } from '../../lib/viewer';
import classes from './Settings.module.css';
import type { ScoreLevel } from './types';

interface LevelsEditorProps {
  levels: readonly ScoreLevel[];
  onChange?: (levels: ScoreLevel[]) => void;
}

/** From which score on a customer counts as what. */
export function LevelsEditor({ levels, onChange }: LevelsEditorProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const set = (at: number, from: number) =>
    onChange?.(levels.map((level, index) => (index === at ? { ...level, from } : level)));
  return (
    <section>
      <Title order={2}>{t('levels.title')}</Title>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('levels.help')}
      </Text>
      <div className={classes.levels}>
        {levels.map((level, index) => {
          const isLowest = index === levels.length - 1;
          const tooHigh = index > 0 && level.from >= levels[index - 1]!.from;
          return (
            <div key={level.key} className={classes.levelRow}>
              <LevelBadge level={level.key} />
              <NumberInput
                size="xs"
                hideControls
                suffix={t('levels.orMore')}
                aria-label={t('levels.fromOf', { level: level.name[language] })}
                min={0}
                max={100}
                disabled={!onChange || isLowest}
                error={tooHigh}
                value={level.from}
                onChange={(value) => typeof value === 'number' && set(index, value)}
              />
              <Text fz="sm" c="dimmed">
                {tooHigh ? t('levels.tooHigh') : level.meaning?.[language]}
              </Text>
            </div>
          );
        })}
      </div>
    </section>
  );
}
