import {
  IconAlertTriangleFilled,
  IconCircleDashed,
  IconCircleMinus,
  IconEye,
  IconCircleCheck,
  IconSparkles,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { asLevel, type Level } from '../lib/level';
import classes from './LevelBadge.module.css';
import { useLevelWord } from './use-level-word';

const icons: Record<Level, ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>> = {
  thriving: IconSparkles,
  healthy: IconCircleCheck,
  watch: IconEye,
  at_risk: IconCircleMinus,
  critical: IconAlertTriangleFilled,
  unknown: IconCircleDashed,
};

interface LevelBadgeProps {
  /** The server's key; anything unknown reads "no score". */
  level: string | null | undefined;
  /** Icon only, with the word for screen readers. For the tightest columns. */
  iconOnly?: boolean;
  /** Where another scorecard's levels are shown than the published one's. */
  name?: string;
}

/** A health level by colour, icon and word together. */
export function LevelBadge({ level: key, iconOnly = false, name }: LevelBadgeProps) {
  const levelWord = useLevelWord();
  const level = asLevel(key);
  const Icon = icons[level];
  const word = name ?? levelWord(key);
  return (
    <span
      className={classes.badge}
      data-level={level}
      data-icon-only={iconOnly || undefined}
      title={iconOnly ? word : undefined}
    >
      <Icon size={14} stroke={2} aria-hidden />
      <span className={iconOnly ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  );
}
