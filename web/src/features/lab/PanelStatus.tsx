import { Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../components/InfoTip';
import { useFormat } from '../../lib/viewer';
import classes from './Lab.module.css';
import { PeriodButton } from './PeriodButton';
import type { Judgement, Panel } from './types';

/** Which history the figures come from, and whether it is still the newest. */
export const PanelStatus = memo(function PanelStatus({
  panel,
  judgement,
}: {
  panel: Panel;
  judgement: Judgement | undefined;
}) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  return (
    <div className={classes.status} data-stale={panel.stale || undefined}>
      <Text fz="sm" c={panel.stale ? undefined : 'dimmed'}>
        {t('panel.about', {
          from: format.dayShort(panel.from),
          to: format.dayShort(panel.to),
          accounts: format.number(panel.accounts),
          weeks: format.number(panel.weeks),
        })}
        {judgement &&
          ` · ${t('panel.judged', {
            rows: format.number(judgement.rows),
            duration: format.number(judgement.computed_ms, judgement.computed_ms < 10 ? 1 : 0),
          })}`}
        {panel.stale && ` · ${t('panel.stale')}`}
      </Text>
      <InfoTip about={t('panel.title')}>{t('panel.help')}</InfoTip>
      <PeriodButton panel={panel} label={t(panel.stale ? 'panel.renew' : 'panel.period')} />
    </div>
  );
});
