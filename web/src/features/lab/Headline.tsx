import { Alert, Badge, Group, Skeleton, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Figure } from '../../components/Figure';
import { InfoTip } from '../../components/InfoTip';
import { Money } from '../../components/Money';
import { useFormat, useLanguage } from '../../lib/viewer';
import { isReversed, isTrusted, useFigures } from './figures';
import { ForestRows } from './ForestRows';
import classes from './Lab.module.css';
import { kindOfOutcome, useShown } from './subject';
import type { Judgement } from './types';
import type { Judged } from './use-judgement';

/** The answer in a few figures: how well the score foresees, and what it would have caught and missed. */
export const Headline = memo(function Headline({ judged }: { judged: Judged }) {
  const { t } = useTranslation('lab');
  const { candidate, published, isApart } = judged;
  const language = useLanguage();
  const { outcome, leadDays, subject } = useShown();
  if (!candidate) return judged.error != null ? null : <Skeleton height={250} />;
  const trusted = isTrusted(candidate.warnings);
  const kind = kindOfOutcome(candidate);
  return (
    <section className={classes.headline} data-trusted={trusted}>
      {candidate.warnings.map(({ code, message }) => (
        <Alert key={code} variant="default" className={classes.warning} icon={<IconAlertTriangle size={18} />} mb={12}>
          {message[language]}
        </Alert>
      ))}
      <Group gap={4} mb={4}>
        <Title order={2}>{t('power.title')}</Title>
        <InfoTip about={t('power.title')}>{t(`help.auc.${kind}`)}</InfoTip>
        {!trusted && <Badge>{t('notTrusted')}</Badge>}
        <Text fz="sm" c="dimmed" ml={4}>
          {t('power.about', { outcome: outcome.name, count: leadDays })}
        </Text>
      </Group>
      <ForestRows
        rows={[
          { key: 'candidate', name: t(`subject.${subject}`), interval: candidate.auc, isMain: true },
          ...(isApart && published
            ? [{ key: 'published', name: t('subject.published'), interval: published.auc }]
            : []),
          {
            key: 'baseline',
            name: candidate.baseline.name[language],
            interval: candidate.baseline.auc,
            help: t('help.baseline'),
          },
        ]}
      />
      {isReversed(candidate) && (
        <Text fz="sm" mt={8}>
          {t(`power.reversed.${candidate.sense}`, { outcome: outcome.name })}
        </Text>
      )}
      <AtLevel judgement={candidate} before={isApart ? published : undefined} />
    </section>
  );
});

/** What the chosen level would have caught. */
function AtLevel({ judgement, before }: { judgement: Judgement; before: Judgement | undefined }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const figures = useFigures();
  const { currency, outcome } = useShown();
  const { at_threshold: at, base_rate } = judgement;
  const money = (amount_minor: number) => <Money value={{ amount_minor, currency }} />;
  const was = (text: string | undefined) => (before && text !== undefined ? t('was', { value: text }) : undefined);
  return (
    <div className={classes.figures}>
      <Figure
        label={t('figure.precision')}
        definition={t('help.precision', { outcome: outcome.name })}
        value={figures.share(at.precision?.value)}
        period={figures.shareRange(at.precision)}
      >
        <Before>{was(figures.share(before?.at_threshold.precision?.value))}</Before>
      </Figure>
      <Figure
        label={t('figure.recall')}
        definition={t('help.recall', { outcome: outcome.name })}
        value={figures.share(at.recall?.value)}
        period={figures.shareRange(at.recall)}
      >
        <Before>{was(figures.share(before?.at_threshold.recall?.value))}</Before>
      </Figure>
      <Figure
        label={t('figure.lift')}
        definition={t('help.lift')}
        value={figures.lift(at.lift)}
        unit={t('figure.times')}
        period={base_rate === null ? undefined : t('figure.baseRate', { rate: format.percent(base_rate, 1) })}
      >
        <Before>{was(before && figures.lift(before.at_threshold.lift))}</Before>
      </Figure>
      <Figure
        label={t('figure.caughtArr')}
        definition={t('help.caughtArr', { outcome: outcome.name })}
        value={money(at.arr_caught_minor)}
        period={t('figure.accounts', { count: at.accounts_caught })}
      >
        <CaughtBar caught={at.arr_caught_minor} missed={at.arr_missed_minor} />
        <Before>{was(before && format.money({ amount_minor: before.at_threshold.arr_caught_minor, currency }))}</Before>
      </Figure>
      <Figure
        label={t('figure.missedArr')}
        definition={t('help.missedArr', { outcome: outcome.name })}
        value={money(at.arr_missed_minor)}
        period={t('figure.accounts', { count: at.accounts_missed })}
      >
        <Before>{was(before && format.money({ amount_minor: before.at_threshold.arr_missed_minor, currency }))}</Before>
      </Figure>
    </div>
  );
}

function Before({ children }: { children: string | undefined }) {
  if (!children) return null;
  return (
    <Text fz="xs" c="dimmed" className="tabular">
      {children}
    </Text>
  );
}

/** Caught and missed as two parts of one bar. */
function CaughtBar({ caught, missed }: { caught: number; missed: number }) {
  if (caught + missed <= 0) return null;
  return (
    <span className={classes.caught} aria-hidden>
      <i style={{ flexGrow: caught }} />
      <i style={{ flexGrow: missed }} />
    </span>
  );
}
