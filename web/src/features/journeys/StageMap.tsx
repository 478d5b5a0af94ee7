import { Text } from '@mantine/core';
import { IconAlertTriangle, IconFlag, IconTrendingDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../components/Money';
import { useFormat, useLanguage } from '../../lib/viewer';
import classes from './Journeys.module.css';
import { arrived, type JourneyOnBook, type StageOnBook, type StageTotal } from './types';

interface StageMapProps {
  journey: JourneyOnBook;
  /** The stage whose accounts are shown below. */
  chosen?: string;
  onChoose: (stage: string | undefined) => void;
}

/** The book on the journey, stage after stage: how many, how much, on what grounds, and where they stall. */
export function StageMap({ journey, chosen, onChoose }: StageMapProps) {
  const { t } = useTranslation('journeys');
  const most = Math.max(1, ...journey.stages.map(({ total }) => total.accounts), journey.arrived.accounts);
  return (
    <ol className={classes.map} aria-label={t('map.label')}>
      {journey.stages.map((stage, index) => (
        <li key={stage.key} className={classes.stage}>
          <StageButton
            isChosen={chosen === stage.key}
            onClick={() => onChoose(chosen === stage.key ? undefined : stage.key)}
          >
            <StageHead index={index} stage={stage} />
            <Totals total={stage.total} most={most} expectedDays={stage.expected_days} />
            <Said stage={stage} />
          </StageButton>
        </li>
      ))}
      <li className={classes.stage} data-end>
        <StageButton isChosen={chosen === arrived} onClick={() => onChoose(chosen === arrived ? undefined : arrived)}>
          <span className={classes.stageName}>
            <IconFlag size={14} aria-hidden /> {t('arrived')}
          </span>
          <Totals total={journey.arrived} most={most} />
        </StageButton>
      </li>
    </ol>
  );
}

function StageButton({
  isChosen,
  onClick,
  children,
}: {
  isChosen: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <button type="button" className={classes.stageButton} aria-pressed={isChosen} onClick={onClick}>
      {children}
    </button>
  );
}

function StageHead({ index, stage }: { index: number; stage: StageOnBook }) {
  const language = useLanguage();
  return (
    <>
      <span className={classes.stageName}>
        <span className={classes.number}>{index + 1}</span> {stage.name[language]}
      </span>
      <span className={classes.outcome} title={stage.outcome[language]}>
        {stage.outcome[language]}
      </span>
    </>
  );
}

function Totals({ total, most, expectedDays }: { total: StageTotal; most: number; expectedDays?: number }) {
  const { t } = useTranslation('journeys');
  const format = useFormat();
  return (
    <>
      <span className={classes.count}>
        {t('accounts', { count: total.accounts, formatted: format.number(total.accounts) })}
        <Money value={total.arr} />
      </span>
      <BasisBar total={total} most={most} />
      <span className={classes.pace}>
        {total.median_days !== null && expectedDays !== undefined && (
          <span data-late={total.median_days > expectedDays || undefined}>
            {t('pace', { days: format.number(total.median_days), expected: format.number(expectedDays) })}
          </span>
        )}
        {total.stuck > 0 && (
          <span className={classes.stuck}>
            <IconAlertTriangle size={13} aria-hidden />{' '}
            {t('stuck', { count: total.stuck, formatted: format.number(total.stuck) })}
          </span>
        )}
        {total.regressing > 0 && (
          <span className={classes.stuck}>
            <IconTrendingDown size={13} aria-hidden />{' '}
            {t('regressing', { count: total.regressing, formatted: format.number(total.regressing) })}
          </span>
        )}
      </span>
    </>
  );
}

const bases = ['confirmed', 'proven', 'assumed'] as const;

/** How sure we are: what customers confirmed, what the data prove, what is only assumed. */
function BasisBar({ total, most }: { total: StageTotal; most: number }) {
  const { t } = useTranslation('journeys');
  const words = bases.map((basis) => t(`basis.count.${basis}`, { formatted: total[basis] })).join(' · ');
  return (
    <span className={classes.bar} role="img" aria-label={words} title={words}>
      {bases.map((basis) => (
        <span key={basis} data-basis={basis} style={{ width: `${(100 * total[basis]) / most}%` }} />
      ))}
    </span>
  );
}

function Said({ stage }: { stage: StageOnBook }) {
  const { t } = useTranslation('journeys');
  const format = useFormat();
  const language = useLanguage();
  if (!stage.feelings.average && !stage.feeling[language]) return null;
  return (
    <Text span fz="xs" c="dimmed" className={classes.said}>
      {stage.feelings.average !== null
        ? t('said', {
            average: format.number(Math.round(stage.feelings.average * 10) / 10),
            count: stage.feelings.count,
          })
        : t('shouldFeel', { feeling: stage.feeling[language] })}
    </Text>
  );
}

/** What the shades of the bars mean. */
export function BasisLegend() {
  const { t } = useTranslation('journeys');
  return (
    <span className={classes.legend}>
      {bases.map((basis) => (
        <span key={basis}>
          <span className={classes.swatch} data-basis={basis} /> {t(`basis.${basis}`)}
        </span>
      ))}
    </span>
  );
}
