import { lazy, Suspense } from 'react';
import { Skeleton } from '@mantine/core';
import type { GraphProps } from './Graph';

// The drawing is the heaviest part of the room and is needed only on its own pages.
const Graph = lazy(() => import('./Graph'));

/** The playbook as a picture. */
export function GraphView(props: GraphProps) {
  return (
    <Suspense fallback={<Skeleton height="100%" mih={320} />}>
      <Graph {...props} />
    </Suspense>
  );
}
