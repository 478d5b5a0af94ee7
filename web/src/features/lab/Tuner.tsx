import { ActionIcon, Button, Slider, Text, Title, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../components/InfoTip';
import { LevelBadge } from '../../components/LevelBadge';
import { useFormat, useLanguage } from '../../lib/viewer';
import { measureNamesQuery } from './lab';
import classes from './Lab.module.css';
import { branchesOf, levelRange, numberAt, thresholdScale, type Branch, type Threshold, type Tuning } from './tuning';
import type { ScorecardBody } from './types';

interface TunerProps {
  body: ScorecardBody;
  /** Before the sliders were moved. */
  base: ScorecardBody;
  tuning: Tuning;
  /** Where there is no room beside the figures it opens on request. */
  isFoldable: boolean;
  onMove: (moved: Tuning) => void;
}

/** The sliders: weights of groups and measures, the thresholds of measures, and where the levels begin. */
export function Tuner({ body, base, tuning, isFoldable, onMove }: TunerProps) {
  const { t } = useTranslation('lab');
  const [open, setOpen] = useState(false);
  const branches = useMemo(() => branchesOf(body), [body]);
  const { data: names } = useQuery(measureNamesQuery);
  const count = Object.keys(tuning).length;
  const isOpen = open || !isFoldable;
  const context = { base, names, onMove };
  return (
    <>
      {isFoldable && (
        <Button
          fullWidth
          variant="default"
          aria-expanded={open}
          rightSection={open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          onClick={() => setOpen((now) => !now)}
        >
          {count > 0 ? t('tuner.changed', { count }) : t('tuner.title')}
        </Button>
      )}
      {isOpen && (
        <>
          <div className={classes.tunerHead}>
            <Title order={2}>{t('tuner.weights')}</Title>
            <InfoTip about={t('tuner.weights')}>{t('tuner.weightsHelp')}</InfoTip>
          </div>
          <ul className={classes.branches}>
            {branches.map((branch) => (
              <BranchRow key={branch.path} branch={branch} {...context} />
            ))}
          </ul>
          <div className={classes.tunerHead}>
            <Title order={2}>{t('tuner.levels')}</Title>
            <InfoTip about={t('tuner.levels')}>{t('tuner.levelsHelp')}</InfoTip>
          </div>
          <LevelSliders body={body} base={base} onMove={onMove} />
        </>
      )}
    </>
  );
}

interface RowContext {
  base: ScorecardBody;
  names: ReadonlyMap<string, { en: string; ja: string }> | undefined;
  onMove: (moved: Tuning) => void;
}

const heaviest = 100;

function BranchRow({ branch, ...context }: RowContext & { branch: Branch }) {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { base, names, onMove } = context;
  const { path, key, weight, share, children, thresholds, kind } = branch;
  const name = branch.name?.[language] ?? names?.get(key)?.[language] ?? key;
  const own = numberAt(base, path) ?? weight;
  const hasMore = children.length > 0 || thresholds.length > 0;
  const Fold = open ? IconChevronDown : IconChevronRight;
  return (
    <li data-kind={kind}>
      <div className={classes.knob}>
        <UnstyledButton
          className={classes.knobName}
          aria-expanded={hasMore ? open : undefined}
          disabled={!hasMore}
          onClick={() => setOpen((now) => !now)}
        >
          {hasMore ? <Fold size={14} stroke={1.8} aria-hidden /> : <span className={classes.noFold} />}
          <span>{name}</span>
        </UnstyledButton>
        <Reset path={path} name={name} value={weight} own={own} onMove={onMove} />
        <span className={classes.knobShare} title={t('tuner.share')}>
          {format.percent(share, 1)}
        </span>
      </div>
      <Slider
        size="sm"
        label={null}
        thumbLabel={t('tuner.weightOf', { name })}
        min={0}
        max={Math.max(heaviest, own, weight)}
        value={weight}
        marks={own === weight ? undefined : [{ value: own }]}
        onChange={(next) => onMove({ [path]: next })}
      />
      {open && thresholds.length > 0 && <ThresholdSliders thresholds={thresholds} name={name} {...context} />}
      {open && children.length > 0 && (
        <ul className={classes.branches}>
          {children.map((child) => (
            <BranchRow key={child.path} branch={child} {...context} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface ResetProps {
  path: string;
  name: string;
  value: number;
  own: number;
  onMove: (moved: Tuning) => void;
}

/** Back to where the slider stood; there only once it was moved. */
function Reset({ path, name, value, own, onMove }: ResetProps) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  if (value === own) return null;
  const label = t('tuner.reset', { name, value: format.number(own, 2) });
  return (
    <Tooltip label={label}>
      <ActionIcon size={20} variant="subtle" aria-label={label} onClick={() => onMove({ [path]: own })}>
        <IconArrowBackUp size={14} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}

function ThresholdSliders({
  thresholds,
  name,
  base,
  onMove,
}: RowContext & { thresholds: readonly Threshold[]; name: string }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  // From where they stood at first: a scale that followed them would run away under the hand.
  const scale = thresholdScale(thresholds.map(({ paths, value }) => numberAt(base, paths[0]!) ?? value));
  const move = ({ paths, low, high }: Threshold, wanted: number) => {
    const value = Math.min(high, Math.max(low, wanted));
    onMove(Object.fromEntries(paths.map((path) => [path, value])));
  };
  return (
    <div className={classes.thresholds}>
      {thresholds.map((threshold, at) => {
        const { paths, value, points, variant } = threshold;
        const words =
          points.length > 1
            ? t('tuner.edge', { below: format.number(points[0], 0), above: format.number(points[1], 0) })
            : t('tuner.corner', { points: format.number(points[0], 0) });
        const age = variant?.from_age_days;
        return (
          <div key={paths[0]}>
            <div className={classes.knob}>
              <Text fz="xs" c="dimmed" flex={1}>
                {age !== undefined && age > 0 && `${t('tuner.fromAge', { count: age })} `}
                {words}
              </Text>
              <Text fz="xs" className="tabular">
                {format.number(value, 2)}
              </Text>
            </div>
            <Slider
              size="xs"
              label={null}
              thumbLabel={t('tuner.thresholdOf', { name, number: at + 1 })}
              min={scale.min}
              max={scale.max}
              step={scale.step}
              value={value}
              marks={markOf(numberAt(base, paths[0]!), value)}
              onChange={(next) => move(threshold, next)}
            />
          </div>
        );
      })}
    </div>
  );
}

function markOf(own: number | undefined, value: number) {
  return own === undefined || own === value ? undefined : [{ value: own }];
}

function LevelSliders({ body, base, onMove }: Pick<TunerProps, 'body' | 'base' | 'onMove'>) {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  return (
    <div className={classes.levelSliders}>
      {body.levels.map((level, at) => {
        const range = levelRange(body.levels, at);
        if (!range) return null;
        const path = `levels[${at}].from`;
        const own = numberAt(base, path) ?? level.from;
        const name = level.name[language];
        return (
          <div key={level.key}>
            <div className={classes.knob}>
              <LevelBadge level={level.key} />
              <span style={{ flex: 1 }} />
              <Reset path={path} name={name} value={level.from} own={own} onMove={onMove} />
              <span className={classes.knobShare}>{t('tuner.orMore', { score: level.from })}</span>
            </div>
            <Slider
              size="sm"
              label={null}
              thumbLabel={t('tuner.levelFrom', { level: name })}
              min={0}
              max={100}
              value={level.from}
              marks={markOf(own, level.from)}
              onChange={(next) => onMove({ [path]: Math.min(range.max, Math.max(range.min, next)) })}
            />
          </div>
        );
      })}
    </div>
  );
}
