import { Group, Skeleton, Stack } from '@mantine/core';

export function HeaderSkeleton() {
  return (
    <Stack gap={12} mb="md" aria-busy>
      <Skeleton height={14} width={96} />
      <Skeleton height={28} width={320} />
      <Skeleton height={14} width={260} />
      <Group gap="xl" mt={4}>
        <Skeleton height={44} width={300} />
        <Skeleton height={44} width={120} />
        <Skeleton height={44} width={160} />
        <Skeleton height={44} width={120} />
      </Group>
    </Stack>
  );
}
