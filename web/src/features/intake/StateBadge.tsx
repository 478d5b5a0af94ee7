import {
  IconAlertTriangleFilled,
  IconCircleCheck,
  IconCircleDashed,
  IconMoon,
  IconPlayerPause,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from '../../api/intake';
import { useNow } from '../../lib/use-now';
import classes from './Intake.module.css';
import { sourceState, type SourceState } from './live-state';

const icons: Record<SourceState, ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>> = {
  receiving: IconCircleCheck,
  quiet: IconMoon,
  silent: IconAlertTriangleFilled,
  off: IconPlayerPause,
  waiting: IconCircleDashed,
};

/** Whether a source sends, by icon, word and colour. */
export function StateBadge({ source }: { source: IntakeSource }) {
  const { t } = useTranslation('intake');
  const state = useNow((now_ms) => sourceState(source, now_ms));
  const Icon = icons[state];
  return (
    <span className={classes.state} data-state={state} title={t(`state.${state}Help`)}>
      <Icon size={14} stroke={2} aria-hidden />
      {t(`state.${state}`)}
    </span>
  );
}
