import { Skeleton, Stack } from '@mantine/core';
import { Page } from '../components/Page';

/** The outline of a page while its code arrives. */
export function PageSkeleton() {
  return (
    <Page>
      <Stack gap="sm" aria-busy>
        <Skeleton height={28} width={220} />
        <Skeleton height={16} width={320} />
        <Skeleton height={360} mt="md" />
      </Stack>
    </Page>
  );
}
