import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { senses, type Sense } from './types';

interface SenseSwitchProps {
  /** Undefined: not said yet, and nothing is assumed. */
  sense: Sense | undefined;
  onChoose: (sense: Sense) => void;
}

/** Whether an outcome is bad news or good news. */
export function SenseSwitch({ sense, onChoose }: SenseSwitchProps) {
  const { t } = useTranslation('lab');
  return (
    <Group gap={4} wrap="nowrap" role="group" aria-label={t('choice.sense')}>
      {senses.map((each) => (
        <Button
          key={each}
          size="xs"
          variant={each === sense ? 'filled' : 'default'}
          aria-pressed={each === sense}
          onClick={() => onChoose(each)}
        >
          {t(`sense.${each}`)}
        </Button>
      ))}
    </Group>
  );
}
