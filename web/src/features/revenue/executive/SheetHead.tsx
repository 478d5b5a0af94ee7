import { Anchor, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage, useViewer } from '../../../lib/viewer';
import type { Executive } from '../types';
import classes from './Executive.module.css';

/** Whose figures, of which day, in which currency, counted by which rules: also on paper, where no page stands around it. */
export function SheetHead({ data }: { data: Executive }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const language = useLanguage();
  const { workspaceName } = useViewer();
  const { month, end, currency, rules, faults_open } = data;
  const version = rules.version > 0 ? ` ${t('rules.version', { version: rules.version })}` : '';
  return (
    <div className={classes.head}>
      <h2 className={classes.headTitle}>
        <span className={classes.onPaper}>{workspaceName} · </span>
        {t('executive.sheetTitle', { month: format.month(month) })}
      </h2>
      <Text fz="xs" c="dimmed">
        {t('executive.basis', { day: format.day(end), currency, rules: rules.name[language] + version })}
      </Text>
      {faults_open > 0 && (
        <Anchor fz="xs" className={classes.faults} renderRoot={(props) => <Link to="/revenue/mend" {...props} />}>
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
          {t('executive.faults', { count: faults_open, formatted: format.number(faults_open) })}
        </Anchor>
      )}
    </div>
  );
}
