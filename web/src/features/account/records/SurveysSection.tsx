import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat } from '../../../lib/viewer';
import classes from '../Records.module.css';
import { Panel } from '../Panel';
import { surveysQuery, type Subject } from '../requests';
import type { SurveyAnswer } from '../types';
import { SurveyChart } from './SurveyChart';

const kinds = ['nps', 'csat', 'ces', 'other'] as const;

/** What people answered: scores over time, and in their own words. */
export function SurveysSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const surveys = useQuery(surveysQuery(subject));
  if (surveys.isPending) return <Skeleton height={320} />;
  if (surveys.isError) return <ErrorState error={surveys.error} onRetry={() => void surveys.refetch()} />;
  const { items } = surveys.data;
  if (items.length === 0) return <EmptyState title={t('surveys.none')}>{t('surveys.noneHelp')}</EmptyState>;
  const present = kinds.filter((kind) => items.some((answer) => answer.kind === kind));
  return (
    <Stack gap="lg">
      <div className={classes.charts}>
        {present.map((kind) => (
          <Panel key={kind} title={t(`survey.${kind}`)}>
            <SurveyChart kind={kind} answers={items.filter((answer) => answer.kind === kind)} />
          </Panel>
        ))}
      </div>
      <Panel title={t('surveys.answers', { count: items.length })}>
        <ul className={classes.answers}>
          {items.map((answer) => (
            <Answer key={answer.id} answer={answer} />
          ))}
        </ul>
      </Panel>
    </Stack>
  );
}

/** Low in the lower half of the scale; for NPS by its own convention. */
export function moodOf({ kind, score, scale_max }: Pick<SurveyAnswer, 'kind' | 'score' | 'scale_max'>) {
  if (kind === 'nps') return score >= 9 ? 'good' : score >= 7 ? 'neutral' : 'bad';
  const share = score / scale_max;
  return share >= 0.8 ? 'good' : share >= 0.6 ? 'neutral' : 'bad';
}

function Answer({ answer }: { answer: SurveyAnswer }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const mood = moodOf(answer);
  return (
    <li>
      <span className={classes.answerScore} data-mood={mood}>
        {format.number(answer.score, 1)}
        <small>/{format.number(answer.scale_max)}</small>
      </span>
      <div>
        <Text fz="xs" c="dimmed" component="div">
          {t(`survey.${answer.kind}`)} · {t(`surveys.mood.${mood}`)} · <DateText value={answer.answered_at} />
          {answer.contact && ` · ${answer.contact}`}
        </Text>
        {answer.comment ? <p>{answer.comment}</p> : <Text c="dimmed">{t('surveys.noComment')}</Text>}
      </div>
    </li>
  );
}
