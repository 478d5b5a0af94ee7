import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Chart, type ChartProps } from '../../components/chart/Chart';
import { InfoTip } from '../../components/InfoTip';
import classes from './Lab.module.css';

interface ChartCardProps extends Omit<ChartProps, 'header' | 'label'> {
  title: string;
  help: string;
  /** What the picture says, in a sentence; also its name for screen readers. */
  sentence: string;
  series?: { name: string; color: string; dashed?: boolean }[];
  children?: ReactNode;
}

/** A chart with its name, what it says in a sentence, and what its colours mean. */
export function ChartCard({ title, help, sentence, series = [], children, ...chart }: ChartCardProps) {
  return (
    <section className={classes.card}>
      <Chart
        {...chart}
        label={`${title}: ${sentence}`}
        header={
          <Group gap={4}>
            <Title order={3}>{title}</Title>
            <InfoTip about={title}>{help}</InfoTip>
          </Group>
        }
      />
      {series.length > 0 && (
        <ul className={classes.key} aria-hidden>
          {series.map(({ name, color, dashed }) => (
            <li key={name}>
              <i style={{ borderColor: color }} data-dashed={dashed || undefined} />
              {name}
            </li>
          ))}
        </ul>
      )}
      <Text fz="sm" mt={4}>
        {sentence}
      </Text>
      {children}
    </section>
  );
}
