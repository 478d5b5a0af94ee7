import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { InfoTip } from '../../../components/InfoTip';
import { FigureTip } from '../FigureTip';
import classes from './Executive.module.css';

interface CardProps {
  title: string;
  /** Key of the definition behind the "i". */
  figure?: string;
  /** The text behind the "i" of what is a list rather than a figure. */
  help?: string;
  /** What the figures are about in time. */
  period?: string;
  size?: 'wide' | 'middle' | 'small';
  actions?: ReactNode;
  children: ReactNode;
}

/** One question of the board, with its name, period and definition. */
export function Card({ title, size = 'small', children, ...head }: CardProps) {
  return (
    <section className={classes.card} data-size={size} aria-label={title}>
      <CardHead title={title} {...head} />
      {children}
    </section>
  );
}

/** For charts, which bring their own row of buttons. */
export function CardHead({ title, figure, help, period, actions }: Omit<CardProps, 'children' | 'size'>) {
  return (
    <div className={classes.cardHead}>
      <Title order={3}>{title}</Title>
      {figure && <FigureTip figure={figure} about={title} />}
      {help && <InfoTip about={title}>{help}</InfoTip>}
      {period && (
        <Text fz="xs" c="dimmed">
          {period}
        </Text>
      )}
      {actions}
    </div>
  );
}
