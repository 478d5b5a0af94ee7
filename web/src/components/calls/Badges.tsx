import {
  IconAlertTriangle,
  IconCalendarEvent,
  IconChevronDown,
  IconChevronUp,
  IconChevronsUp,
  IconCircle,
  IconCircleCheck,
  IconCircleHalf2,
  IconDatabase,
  IconEqual,
  IconMailForward,
  IconMoonStars,
  IconRefresh,
  IconRoute,
  IconTarget,
  IconTrendingUp,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallKind, CallSeverity, CallStatus } from '../../api/work';
import classes from './Calls.module.css';

const kindIcons = {
  risk: IconAlertTriangle,
  opportunity: IconTrendingUp,
  lifecycle: IconRoute,
  renewal: IconRefresh,
  data: IconDatabase,
  activity: IconCalendarEvent,
  objective: IconTarget,
  digital: IconMailForward,
} as const;

const severityIcons = {
  critical: IconChevronsUp,
  high: IconChevronUp,
  medium: IconEqual,
  low: IconChevronDown,
} as const;

const statusIcons = {
  open: IconCircle,
  in_progress: IconCircleHalf2,
  snoozed: IconMoonStars,
  closed: IconCircleCheck,
} as const;

interface BadgeProps {
  /** The word is for screen readers and the tooltip only. */
  iconOnly?: boolean;
}

/** What sort of call it is, by icon and word. */
export function KindBadge({ kind, iconOnly = false }: BadgeProps & { kind: CallKind }) {
  const { t } = useTranslation('calls');
  const Icon = kindIcons[kind];
  const word = t(`kind.${kind}`);
  return (
    <span className={classes.badge} data-kind={kind} title={iconOnly ? word : undefined}>
      <Icon size={15} stroke={1.7} aria-hidden />
      <span className={iconOnly ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  );
}

/** How pressing it is: colour, icon and word together. */
export function SeverityBadge({ severity, iconOnly = false }: BadgeProps & { severity: CallSeverity }) {
  const { t } = useTranslation('calls');
  const Icon = severityIcons[severity];
  const word = t(`severity.${severity}`);
  return (
    <span className={classes.badge} data-severity={severity} title={iconOnly ? word : undefined}>
      <Icon size={15} stroke={2.2} aria-hidden />
      <span className={iconOnly ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  );
}

export function StatusBadge({ status }: { status: CallStatus }) {
  const { t } = useTranslation('calls');
  const Icon = statusIcons[status];
  return (
    <span className={classes.badge} data-status={status}>
      <Icon size={15} stroke={1.7} aria-hidden />
      {t(`status.${status}`)}
    </span>
  );
}
