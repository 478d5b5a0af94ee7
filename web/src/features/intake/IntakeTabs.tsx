import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Intake } from '../../api/intake';
import { useFormat } from '../../lib/viewer';
import classes from './Intake.module.css';
import { fetchUnmatched, unmatchedKey } from './matching';
import { intakeTabs, type IntakeTab } from './search';
import { useIntakeAddress } from './use-intake-address';

const recount_ms = 30_000;

/** The parts of the page, with how much waits in each. */
export function IntakeTabs({ intake }: { intake: Intake | undefined }) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const { tab, showTab } = useIntakeAddress();
  const unmatched = useQuery({
    queryKey: [...unmatchedKey, 'total'],
    queryFn: async ({ signal }) => (await fetchUnmatched(undefined, { offset: 0, limit: 1, signal })).total,
    refetchInterval: recount_ms,
  });
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone not all tabs fit beside each other.
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  const counts: Partial<Record<IntakeTab, number>> = {
    quarantine: intake?.sources.reduce((sum, { quarantined }) => sum + quarantined, 0),
    unmatched: unmatched.data,
  };
  return (
    <Tabs
      className={classes.tabs}
      value={tab}
      onChange={(next) => {
        const chosen = intakeTabs.find((each) => each === next);
        if (chosen) showTab(chosen);
      }}
    >
      <Tabs.List ref={list} aria-label={t('title')}>
        {intakeTabs.map((each) => {
          const count = counts[each] ?? 0;
          return (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
              {count > 0 && <span className={classes.tabCount}>{format.number(count)}</span>}
            </Tabs.Tab>
          );
        })}
      </Tabs.List>
    </Tabs>
  );
}
