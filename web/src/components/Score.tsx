import { Anchor, List, Popover, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
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

interface WithReasonsProps {
  reasons: NonNullable<ScoreProps['reasons']>;
  onOpen?: () => void;
  children: ReactNode;
}

const openDelay_ms = 250;
const closeDelay_ms = 120;

/** The card is made when it is first asked for: a list shows fifty scores, and few of them are ever looked into. */
function WithReasons({ reasons, onOpen, children }: WithReasonsProps) {
  const { t } = useTranslation('common');
  const [wanted, setWanted] = useState(false);
  const [opened, setOpened] = useState(false);
  const timer = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const after = (delay_ms: number, next: boolean) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      if (next) setWanted(true);
      setOpened(next);
    }, delay_ms);
  };
  const hover = { onMouseEnter: () => after(openDelay_ms, true), onMouseLeave: () => after(closeDelay_ms, false) };
  return (
    <span className={classes.withReasons} {...hover}>
      {children}
      {wanted && (
        <Popover width={320} opened={opened} position="bottom-start" withinPortal withRoles={false}>
          <Popover.Target>
            <span className={classes.anchor} aria-hidden />
          </Popover.Target>
          <Popover.Dropdown
            {...hover}
            role="dialog"
            aria-label={t('score.reasons')}
            onClick={(event) => event.stopPropagation()}
          >
            <Reasons reasons={reasons} onOpen={onOpen} />
          </Popover.Dropdown>
        </Popover>
      )}
    </span>
  );
}

function Reasons({ reasons, onOpen }: Omit<WithReasonsProps, 'children'>) {
  const { t } = useTranslation('common');
  const [fetched, setFetched] = useState<readonly string[] | 'failed' | null>(null);
  useEffect(() => {
    if (typeof reasons === 'function' && fetched === null) reasons().then(setFetched, () => setFetched('failed'));
  }, [reasons, fetched]);
  const shown = typeof reasons === 'function' ? fetched : reasons;
  return (
    <Stack gap={8}>
      <Text fz="sm" fw={600}>
        {t('score.reasons')}
      </Text>
      {shown === null && <Skeleton height={56} />}
      {shown === 'failed' && (
        <Text fz="sm" c="dimmed">
          {t('score.reasonsFailed')}
        </Text>
      )}
      {Array.isArray(shown) && shown.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('score.noReasons')}
        </Text>
      )}
      {Array.isArray(shown) && shown.length > 0 && (
        <List fz="sm" spacing={4} type="ordered">
          {shown.slice(0, 3).map((reason: string) => (
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
  );
}
