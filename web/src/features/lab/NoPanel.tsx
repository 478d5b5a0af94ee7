import { Alert, Progress, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconFlask2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { useLanguage } from '../../lib/viewer';
import classes from './Lab.module.css';
import { PeriodButton } from './PeriodButton';
import type { Panel } from './types';

/** The Lab before there is a history to judge: none yet, on its way, or failed. */
export function NoPanel({ panel }: { panel: Panel }) {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  if (panel.state === 'building') return <Building panel={panel} />;
  if (panel.state === 'failed')
    return (
      <Alert variant="default" icon={<IconAlertCircle size={18} />} title={t('panel.failed')} role="alert">
        <Stack gap={8} align="flex-start">
          <Text>{panel.error?.[language]}</Text>
          <PeriodButton panel={panel} label={t('panel.again')} />
        </Stack>
      </Alert>
    );
  return (
    <EmptyState
      icon={IconFlask2}
      title={t('panel.none')}
      action={<PeriodButton panel={panel} label={t('panel.build')} isMain />}
    >
      {t('panel.noneHelp')}
    </EmptyState>
  );
}

function Building({ panel }: { panel: Panel }) {
  const { t } = useTranslation('lab');
  const percent = Math.round((panel.progress ?? 0) * 100);
  return (
    <div className={classes.building}>
      <Text fw={500} role="status">
        {t('panel.building')}
      </Text>
      <Text fz="sm" c="dimmed">
        {t('panel.mayLeave')}
      </Text>
      <Progress value={percent} mt={8} aria-label={t('panel.progress')} />
      <Text fz="sm" c="dimmed" ta="right" className="tabular">
        {percent}%
      </Text>
    </div>
  );
}
