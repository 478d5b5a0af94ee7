import { Tabs, type TabsListProps } from '@mantine/core';
import { useEffect, useRef } from 'react';

/** A row of tabs that moves on a narrow page: what is open stays in sight, also where an address opened it. */
export function TabStrip({ open, ...props }: TabsListProps & { open: string }) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (tab && strip.current)
      strip.current.scrollLeft = tab.offsetLeft - (strip.current.clientWidth - tab.clientWidth) / 2;
  }, [open]);
  return <Tabs.List ref={strip} {...props} />;
}
