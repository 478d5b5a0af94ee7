import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDotted,
  IconCircleX,
  IconEye,
  IconMailForward,
  IconMessage2,
  IconThumbUp,
  IconTrendingUp,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Confirmation, GoalStatus, PlanState } from '../../api/plans';
import classes from './Goals.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;

const statusIcons: Record<GoalStatus, Icon> = {
  not_started: IconCircleDotted,
  on_track: IconTrendingUp,
  watchpoint: IconEye,
  concern: IconAlertTriangle,
  achieved: IconCircleCheckFilled,
  missed: IconCircleX,
};

/** How a goal stands: by colour, icon and word together. */
export function GoalStatusBadge({ status }: { status: GoalStatus }) {
  const { t } = useTranslation('goals');
  const Icon = statusIcons[status];
  return (
    <span className={classes.badge} data-status={status}>
      <Icon size={14} stroke={2} aria-hidden />
      {t(`status.${status}`)}
    </span>
  );
}

const confirmationIcons: Record<Confirmation, Icon> = {
  none: IconCircle,
  asked: IconMailForward,
  confirmed: IconThumbUp,
  commented: IconMessage2,
};

/** Whether the customer agreed to what was sent. */
export function ConfirmationBadge({ confirmation }: { confirmation: Confirmation }) {
  const { t } = useTranslation('goals');
  const Icon = confirmationIcons[confirmation];
  return (
    <span className={classes.badge} data-confirmation={confirmation}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {t(`confirmation.${confirmation}`)}
    </span>
  );
}

export function PlanStateBadge({ state }: { state: PlanState }) {
  const { t } = useTranslation('goals');
  return (
    <span className={classes.state} data-state={state}>
      {t(`state.${state}`)}
    </span>
  );
}
