import { Stack, Text, Title } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';

interface EmptyStateProps {
  title: string;
  /** One sentence that says why it is empty and what comes next. */
  children?: ReactNode;
  /** The next step: a button or a link. */
  action?: ReactNode;
  /** 1 where nothing else names the page. */
  titleOrder?: 1 | 2 | 3;
  icon?: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
}

/** Emptiness that teaches the next step. */
export function EmptyState({ title, children, action, titleOrder = 2, icon: Icon = IconInbox }: EmptyStateProps) {
  return (
    <Stack align="center" gap={8} py={48} px="md" ta="center" c="dimmed">
      <Icon size={32} stroke={1.3} aria-hidden />
      <Title order={titleOrder} fz="md" c="var(--mantine-color-text)">
        {title}
      </Title>
      {children && (
        <Text maw={440} className="phrases">
          {children}
        </Text>
      )}
      {action && <div style={{ marginTop: 8 }}>{action}</div>}
    </Stack>
  );
}
