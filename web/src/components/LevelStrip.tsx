import { Skeleton, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MoneyAmount } from '../lib/format/money';
import { levelColor, levels as allLevels, type Level } from '../lib/level';
import { useFormat } from '../lib/viewer';
import { LevelBadge } from './LevelBadge';
import classes from './LevelStrip.module.css';

export type LevelTotals = Partial<Record<Level, { count: number; arr: MoneyAmount | null }>>;

interface LevelStripProps {
  /** Undefined while it is being fetched. */
  totals: LevelTotals | undefined;
  /** Levels that filter the list at present. */
  pressed?: readonly Level[];
  /** Makes every level a button that filters. */
  onToggle?: (level: Level) => void;
  /** Makes every level a link instead; gets the content of the link. */
  renderLink?: (level: Level, className: string | undefined, content: ReactNode) => ReactNode;
}

/** How many accounts, and how much ARR, stand at each level: a bar by count and a cell per level. */
export function LevelStrip({ totals, pressed = [], onToggle, renderLink }: LevelStripProps) {
  const { t } = useTranslation('common');
  const format = useFormat();
  if (!totals) return <Skeleton className={classes.strip} height={42} />;
  const shown = allLevels.filter((level) => level !== 'unknown' || (totals.unknown?.count ?? 0) > 0);
  const content = (level: Level) => (
    <>
      <LevelBadge level={level} />
      <span className={classes.count}>{format.number(totals[level]?.count ?? 0)}</span>
      <span className={classes.arr}>{format.money(totals[level]?.arr)}</span>
    </>
  );
  return (
    <div className={classes.strip} role="group" aria-label={t('levels.strip')}>
      <div className={classes.bar} aria-hidden>
        {shown.map((level) => {
          const count = totals[level]?.count ?? 0;
          return count > 0 && <span key={level} style={{ flexGrow: count, background: levelColor(level) }} />;
        })}
      </div>
      <div className={classes.cells}>
        {shown.map((level) =>
          renderLink ? (
            <span key={level}>{renderLink(level, classes.cell, content(level))}</span>
          ) : (
            <UnstyledButton
              key={level}
              className={classes.cell}
              aria-pressed={pressed.includes(level)}
              onClick={() => onToggle?.(level)}
            >
              {content(level)}
            </UnstyledButton>
          ),
        )}
      </div>
    </div>
  );
}
