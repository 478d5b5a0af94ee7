import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import type { Estimate } from './types';

interface EstimateTextProps {
  estimate: Estimate | null;
  /** How a number of it reads: money, months, a share. */
  say: (value: number) => string;
  /** In a table the reason is a dash with a title; beside a headline it is a sentence. */
  isSmall?: boolean;
}

/** A figure and below it its interval; where it cannot be said, why. */
export function EstimateText({ estimate, say, isSmall = false }: EstimateTextProps) {
  const { t } = useTranslation('statistics');
  const language = useLanguage();
  if (estimate === null || estimate.value === null) {
    const reason = estimate?.cannot_say?.text[language] ?? t('unknown');
    return isSmall ? (
      <Text span fz="sm" c="dimmed" title={reason}>
        —<span className="visually-hidden">{reason}</span>
      </Text>
    ) : (
      <Text fz="sm" c="dimmed" maw={260}>
        {reason}
      </Text>
    );
  }
  return (
    <>
      {say(estimate.value)}
      {estimate.low !== null && (
        <Text component="div" fz="xs" c="dimmed" fw={400} lh={1.4}>
          {estimate.high === null
            ? t('atLeast', { low: say(estimate.low) })
            : t('interval', { low: say(estimate.low), high: say(estimate.high) })}
        </Text>
      )}
    </>
  );
}
