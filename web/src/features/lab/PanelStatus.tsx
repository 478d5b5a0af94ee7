import { Button, Progress, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../components/InfoTip';
import { showProblem } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage } from '../../lib/viewer';
import { useBuildPanel } from './lab';
import classes from './Lab.module.css';
import { PeriodButton } from './PeriodButton';
import type { Judgement, ReadyPanel } from './types';

interface PanelStatusProps {
  panel: ReadyPanel;
  judgement: Judgement | undefined;
}

/** Which history the figures come from, and whether it is still the newest. */
export const PanelStatus = memo(function PanelStatus({ panel, judgement }: PanelStatusProps) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const language = useLanguage();
  const build = useBuildPanel();
  const isBuilding = panel.state === 'building';
  const percent = Math.round((panel.progress ?? 0) * 100);
  const asksForAttention = !isBuilding && (panel.stale || panel.error !== null);
  const changed = panel.changed_measures.map(({ name }) => name[language]).join(t('listGap'));
  const parts = [
    t('panel.about', {
      from: format.dayShort(panel.from),
      to: format.dayShort(panel.to),
      accounts: format.number(panel.accounts),
      weeks: format.number(panel.weeks),
    }),
    judgement &&
      t('panel.judged', {
        rows: format.number(judgement.rows),
        duration: format.number(judgement.computed_ms, judgement.computed_ms < 10 ? 1 : 0),
      }),
    isBuilding ? t('panel.renewing', { percent }) : panel.stale && !changed && t('panel.stale'),
    !isBuilding && panel.error?.[language],
  ];
  return (
    <div className={classes.status} data-stale={asksForAttention || undefined}>
      <Text fz="sm" c={asksForAttention ? undefined : 'dimmed'}>
        {parts.filter(Boolean).join(' · ')}
      </Text>
      <InfoTip about={t('panel.title')}>{t('panel.help')}</InfoTip>
      {isBuilding ? (
        <Progress w={120} value={percent} aria-label={t('panel.progress')} />
      ) : (
        <>
          {panel.stale && (
            <Button
              size="compact-sm"
              loading={build.isPending}
              onClick={() => carryOut(build, { from: panel.from }, { onError: showProblem })}
            >
              {t('panel.renew')}
            </Button>
          )}
          <PeriodButton panel={panel} label={t('panel.period')} />
        </>
      )}
      {changed && !isBuilding && (
        <Text fz="sm" w="100%">
          {t('panel.changedMeasures', { measures: changed })}
        </Text>
      )}
    </div>
  );
});
