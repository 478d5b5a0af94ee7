import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Condition, FilterField } from './condition';

// The editor is the heaviest part of a list page and is needed only once somebody opens it.
const Editor = lazy(() => import('./Editor'));

export interface FilterBuilderProps {
  fields: readonly FilterField[];
  value: Condition;
  onChange: (value: Condition) => void;
}

/** Builds a condition by point and click. Send `completeCondition(value, fields)` to the server. */
export function FilterBuilder(props: FilterBuilderProps) {
  return (
    <Suspense fallback={<Skeleton height={72} />}>
      <Editor {...props} />
    </Suspense>
  );
}
