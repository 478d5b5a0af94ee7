import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import { type Day, daysBetween } from './format/date';
import { ShownDayProvider, useFormat, useShownDay, useViewer } from './viewer';

const pastDay: Day = '2026-06-01';
const onThatDay = ({ children }: { children: ReactNode }) => (
  <ShownDayProvider day={pastDay}>{children}</ShownDayProvider>
);

test('a page of a past day counts days from that day', () => {
  const { result } = renderHook(() => useFormat().relativeDay('2026-06-04'), { wrapper: onThatDay });
  expect(result.current).toMatch(/^(in 3 days|3日後)$/);
});

test('elsewhere days are counted from today', () => {
  const { result } = renderHook(() => ({ shown: useShownDay(), today: useViewer().bookDay }));
  expect(daysBetween(result.current.today, result.current.shown)).toBe(0);
});
