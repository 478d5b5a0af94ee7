import {
  IconAlertCircle,
  IconCircleCheck,
  IconClockPause,
  IconEye,
  IconHandStop,
  IconLoader,
  IconLogout,
  IconTarget,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Run, RunState } from './types';
import classes from './Playbooks.module.css';

const icons = {
  active: IconLoader,
  waiting: IconClockPause,
  failed: IconAlertCircle,
  done: IconCircleCheck,
  goal: IconTarget,
  exited: IconLogout,
  stopped: IconHandStop,
} as const satisfies Record<RunState, unknown>;

/** How a run stands, and what it waits for. */
export function RunStateText({ run }: { run: Pick<Run, 'state' | 'waiting_for' | 'arm'> }) {
  const { t } = useTranslation('playbooks');
  const isWatched = run.arm === 'holdout';
  const Icon = isWatched ? IconEye : icons[run.state];
  const words =
    run.state === 'waiting' && run.waiting_for !== 'nothing'
      ? t(`waitingFor.${run.waiting_for}`)
      : t(`runState.${run.state}`);
  return (
    <span className={classes.state} data-state={run.state}>
      <Icon size={15} stroke={1.7} aria-hidden />
      {isWatched ? t('holdoutRun', { state: words }) : words}
    </span>
  );
}
