import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../lib/viewer';
import { InfoTip } from './InfoTip';

interface FigureProps {
  label: string;
  /** Already formatted: `format.number(1234)`, `<Money … />`. */
  value: ReactNode;
  /** "%", "席", "accounts": set smaller behind the value. */
  unit?: string;
  /** What the figure is about in time: "直近28日間". */
  period?: string;
  /** Day as known on. */
  asOf?: string;
  /** What it means and how it is computed. */
  definition?: ReactNode;
  /** A change, a sparkline, a link: below the value. */
  children?: ReactNode;
}

/** A headline figure with unit, period, "as of" and its definition. */
export function Figure({ label, value, unit, period, asOf, definition, children }: FigureProps) {
  const { t } = useTranslation('common');
  const format = useFormat();
  const context = [period, asOf && t('asOf', { day: format.day(asOf) })].filter(Boolean).join(' · ');
  return (
    <Stack gap={2}>
      <Group gap={4} wrap="nowrap">
        <Text fz="sm" c="dimmed">
          {label}
        </Text>
        {definition && <InfoTip about={label}>{definition}</InfoTip>}
      </Group>
      <Text component="div" className="tabular" fz={22} lh="30px" fw={620}>
        {value}
        {unit && (
          <Text span fz="sm" fw={500} c="dimmed" ml={4}>
            {unit}
          </Text>
        )}
      </Text>
      {context && (
        <Text fz="xs" c="dimmed">
          {context}
        </Text>
      )}
      {children}
    </Stack>
  );
}
