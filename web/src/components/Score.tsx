import { Anchor, HoverCard, List, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asLevel, levelColor } from '../lib/level';
import { useFormat } from '../lib/viewer';
import { LevelBadge } from './LevelBadge';
import classes from './Score.module.css';
import { Sparkline } from './Sparkline';

interface ScoreProps {
  /** 0 to 100, or null where there is not enough data. */
  score: number | null | undefined;
  /** The server's level key. */
  level: string | null | undefined;
  /** Points against `changeDays` days ago; leave out where nothing is to be said about change. */
  change?: number | null;
  changeDays?: number;
  /** Past scores, oldest first; draws the sparkline. */
  history?: readonly (number | null)[];
  /** The strongest reasons as sentences, or how to fetch them when the card opens. */
  reasons?: readonly string[] | (() => Promise<readonly string[]>);
  /** Leads down to the rows behind the score. */
  onOpen?: () => void;
  size?: 'sm' | 'lg';
  /** In a column: every part gets the same room in every row, so that numbers, levels and lines stand in line. */
  aligned?: boolean;
}

/** A score, always shown the same way: number, level, change with period, sparkline; hover says why, click walks down. */
export function Score({
  score,
  level: key,
  change,
  changeDays = 28,
  history,
  reasons,
  onOpen,
  size = 'sm',
  aligned = false,
}: ScoreProps) {
  const format = useFormat();
  const level = asLevel(key);
  const body = (
    <span className={classes.score} data-size={size} data-aligned={aligned || undefined}>
      <span className={classes.number}>{score == null ? '–' : format.number(score)}</span>
      <span className={classes.level}>
        <LevelBadge level={level} />
      </span>
      {change !== undefined && <ScoreChange change={change} days={changeDays} />}
      {history && history.length > 1 && (
        <Sparkline
          values={history}
          color={levelColor(level)}
          width={size === 'lg' ? 120 : 64}
          height={size === 'lg' ? 32 : 20}
        />
      )}
    </span>
  );
  const target = onOpen ? (
    <UnstyledButton onClick={onOpen} className={classes.button}>
      {body}
    </UnstyledButton>
  ) : (
    body
  );
  return reasons === undefined ? (
    target
  ) : (
    <WithReasons reasons={reasons} onOpen={onOpen}>
      {target}
    </WithReasons>
  );
}

interface ScoreChangeProps {
  change: number | null;
  days: number;
  /** "+4" alone where the column's heading already names the period. */
  hidePeriod?: boolean;
}

/** A change in points: arrow, sign and period. */
export function ScoreChange({ change, days, hidePeriod = false }: ScoreChangeProps) {
  const { t } = useTranslation('common');
  const format = useFormat();
  if (change === null)
    return (
      <Text span c="dimmed" fz="xs">
        –
      </Text>
    );
  const rounded = Math.round(change);
  const Icon = rounded > 0 ? IconArrowUpRight : rounded < 0 ? IconArrowDownRight : IconArrowRight;
  const period = t('period.days', { count: days });
  return (
    <span className={classes.change} data-direction={Math.sign(rounded)} title={`${format.change(change)} · ${period}`}>
      <Icon size={14} aria-hidden />
      {format.change(change)}
      <span className={hidePeriod ? 'visually-hidden' : classes.period}>{period}</span>
    </span>
  );
}

function WithReasons({
  reasons,
  onOpen,
  children,
}: {
  reasons: NonNullable<ScoreProps['reasons']>;
  onOpen?: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('common');
  const [loaded, setLoaded] = useState<readonly string[] | null>(typeof reasons === 'function' ? null : reasons);
  const [failed, setFailed] = useState(false);
  const load = () => {
    if (typeof reasons !== 'function' || loaded) return;
    setFailed(false);
    reasons().then(setLoaded, () => setFailed(true));
  };
  const shown = typeof reasons === 'function' ? loaded : reasons;
  return (
    <HoverCard width={320} onOpen={load} position="bottom-start">
      <HoverCard.Target>
        <span>{children}</span>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Stack gap={8}>
          <Text fz="sm" fw={600}>
            {t('score.reasons')}
          </Text>
          {failed && (
            <Text fz="sm" c="dimmed">
              {t('score.reasonsFailed')}
            </Text>
          )}
          {!failed && shown === null && <Skeleton height={56} />}
          {shown?.length === 0 && (
            <Text fz="sm" c="dimmed">
              {t('score.noReasons')}
            </Text>
          )}
          {shown && shown.length > 0 && (
            <List fz="sm" spacing={4} type="ordered">
              {shown.slice(0, 3).map((reason) => (
                <List.Item key={reason}>{reason}</List.Item>
              ))}
            </List>
          )}
          {onOpen && (
            <Anchor component="button" fz="sm" ta="left" onClick={onOpen}>
              {t('score.walkDown')}
            </Anchor>
          )}
        </Stack>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
