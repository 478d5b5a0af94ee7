import { Group, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './Account.module.css';

interface PanelProps {
  title: string;
  /** Beside the title: a switch, a link. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a section. */
export function Panel({ title, aside, children }: PanelProps) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className={classes.part}>
      <Group justify="space-between" gap="sm" mb={8} mih={28}>
        <Title order={2} id={headingId}>
          {title}
        </Title>
        {aside}
      </Group>
      {children}
    </section>
  );
}
