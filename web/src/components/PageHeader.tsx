import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface PageHeaderProps {
  title: string;
  /** One line: what the page is for, or the count it shows. */
  subtitle?: ReactNode;
  /** Buttons on the right. */
  actions?: ReactNode;
  /** Above the title: where one came from. */
  breadcrumb?: ReactNode;
}

/** The top of every page; also names the browser's tab. */
export function PageHeader({ title, subtitle, actions, breadcrumb }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Banso`;
  }, [title]);
  return (
    <Stack gap={2} mb="md">
      {breadcrumb}
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1}>{title}</Title>
          {subtitle && (
            <Text c="dimmed" fz="sm">
              {subtitle}
            </Text>
          )}
        </div>
        {actions && <Group gap={8}>{actions}</Group>}
      </Group>
    </Stack>
  );
}
