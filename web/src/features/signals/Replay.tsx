import { Progress, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { useFormat, useLanguage } from '../../lib/viewer';
import { replayQuery, type ReplayQuestion } from './requests';
import { ReplayFigures } from './ReplayFigures';
import { ReplayWho } from './ReplayWho';
import { forTrial, isTestable } from './rule';
import type { Replay as ReplayAnswer, SignalRule } from './types';
import { WeeksChart } from './WeeksChart';
import classes from './Signals.module.css';

const pause_ms = 400;
const horizons_days = [60, 90, 180, 365];

interface ReplayProps {
  rule: SignalRule;
  /** The published rule to compare with. */
  publishedKey: string | undefined;
}

/** What the rule would have done over the kept history; follows the hand. */
export function Replay({ rule, publishedKey }: ReplayProps) {
  const { t } = useTranslation('signals');
  const [horizon_days, setHorizon] = useState(180);
  const [asked] = useDebouncedValue(rule, pause_ms);
  const question = useMemo<ReplayQuestion | null>(
    () =>
      isTestable(asked) ? { rule: forTrial(asked), horizon_days, ...(publishedKey && { key: publishedKey }) } : null,
    [asked, horizon_days, publishedKey],
  );
  const answer = useQuery(replayQuery(question));
  const isBehind = answer.isPlaceholderData || asked !== rule;
  return (
    <section className={classes.card} aria-label={t('replay.title')} aria-busy={isBehind}>
      <Title order={2} mb={4}>
        {t('replay.title')}
      </Title>
      <Text fz="xs" c="dimmed" mb={10}>
        {t('replay.help')}
      </Text>
      {question === null && <Text fz="sm">{t('replay.noCondition')}</Text>}
      {question !== null && answer.isPending && <Skeleton height={260} />}
      {answer.isError && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      {question !== null && answer.data?.state === 'building' && <Building progress={answer.data.progress} />}
      {question !== null && answer.data?.state === 'ready' && !answer.isError && (
        <Stack gap="md">
          <Select
            size="xs"
            label={t(`judged.${answer.data.replay.outcome}.horizon`)}
            allowDeselect={false}
            data={horizons_days.map((days) => ({ value: String(days), label: t('replay.horizonDays', { days }) }))}
            value={String(horizon_days)}
            onChange={(next) => next && setHorizon(Number(next))}
          />
          <Told replay={answer.data.replay} question={question} />
        </Stack>
      )}
    </section>
  );
}

function Told({ replay, question }: { replay: ReplayAnswer; question: ReplayQuestion }) {
  const { t } = useTranslation('signals');
  const format = useFormat();
  const language = useLanguage();
  const { result, published, without_history } = replay;
  return (
    <>
      <Text fz="xs" c="dimmed">
        {t('replay.period', {
          from: format.day(replay.from),
          to: format.day(replay.to),
          accounts: format.number(replay.accounts),
        })}
        {replay.stale && ` ${t('replay.stale')}`}
      </Text>
      {without_history.length > 0 && (
        <Text fz="sm" role="note">
          {t('replay.withoutHistory', {
            names: without_history.map(({ name }) => name[language]).join(language === 'ja' ? '、' : ', '),
          })}
        </Text>
      )}
      <ReplayFigures result={result} published={published} outcome={replay.outcome} />
      <WeeksChart
        label={t('replay.weeks')}
        weeks={result.weeks}
        published={published?.weeks}
        fileName="signal-replay"
        height_px={150}
        header={
          <Text fz="sm" fw={500}>
            {t('replay.weeks')}
          </Text>
        }
      />
      <ReplayWho question={question} outcome={replay.outcome} />
    </>
  );
}

function Building({ progress }: { progress: number }) {
  const { t } = useTranslation('signals');
  return (
    <div>
      <Text fz="sm" mb={6}>
        {t('replay.building')}
      </Text>
      <Progress value={progress * 100} aria-label={t('replay.building')} />
    </div>
  );
}
