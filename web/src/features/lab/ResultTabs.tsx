import { Skeleton, Tabs } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { AccuracyTab } from './AccuracyTab';
import { CompareTab } from './CompareTab';
import { EarlyTab } from './EarlyTab';
import { MeasuresTab } from './MeasuresTab';
import { labTabs, type LabTab } from './search';
import { SegmentsTab } from './SegmentsTab';
import { ShadowTab } from './ShadowTab';
import type { Judged } from './use-judgement';

interface ResultTabsProps {
  judged: Judged;
  tab: LabTab;
  segment: string | undefined;
  onTab: (tab: LabTab | undefined) => void;
}

/** What lies behind the headline, one question at a time. */
export const ResultTabs = memo(function ResultTabs({ judged, tab, segment, onTab }: ResultTabsProps) {
  const { t } = useTranslation('lab');
  const { candidate } = judged;
  const content = () => {
    if (tab === 'compare') return <CompareTab judged={judged} />;
    if (tab === 'shadow') return <ShadowTab />;
    if (!candidate) return judged.error == null && <Skeleton height={320} />;
    if (tab === 'early') return <EarlyTab candidate={candidate} />;
    if (tab === 'measures') return <MeasuresTab candidate={candidate} />;
    if (tab === 'segments') return <SegmentsTab candidate={candidate} segment={segment} />;
    return <AccuracyTab judged={judged} candidate={candidate} />;
  };
  return (
    <Tabs value={tab} onChange={(next) => onTab(labTabs.find((each) => each === next && each !== 'accuracy'))}>
      <Tabs.List mb={16}>
        {labTabs.map((each) => (
          <Tabs.Tab key={each} value={each} px={12}>
            {t(`tab.${each}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab}>{content()}</Tabs.Panel>
    </Tabs>
  );
});
