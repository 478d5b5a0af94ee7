import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** In place of a table without rows: what would stand there. */
export function NothingYet({ children }: { children: ReactNode }) {
  return (
    <Text fz="sm" c="dimmed" py="xs" className="phrases">
      {children}
    </Text>
  );
}
