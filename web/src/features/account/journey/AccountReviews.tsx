import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import { Panel } from '../Panel';
import type { Subject } from '../requests';
import { useCanEdit } from '../use-subject';
import classes from './Journey.module.css';
import { arrived, useJourneyDeeds, type AccountJourney } from './requests';

/** Handovers between our roles on the way: whether the customer felt they went well. Nothing where there were none. */
export function AccountReviews({ journey, subject }: { journey: AccountJourney; subject: Subject }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const canEdit = useCanEdit();
  const { review } = useJourneyDeeds(subject.id);
  if (journey.reviews.length === 0) return null;
  const nameOf = (stage: string) =>
    stage === arrived
      ? t('journey.arrived')
      : (journey.map?.stages.find(({ key }) => key === stage)?.name[language] ?? stage);
  const finish = (id: number) =>
    carryOut(review, { id, note: '' }, { onSuccess: () => showToast(t('journey.reviewDone')), onError: showProblem });
  return (
    <Panel title={t('journey.reviews')}>
      <ul className={classes.reviews}>
        {journey.reviews.map(({ id, from, to, opened, done_at, done_by, note }) => (
          <li key={id}>
            <span>
              {nameOf(from)} → {nameOf(to)}
              {note !== '' && (
                <Text span fz="xs" c="dimmed" display="block">
                  {note}
                </Text>
              )}
            </span>
            <DateText value={opened} form="absolute" />
            {done_at ? (
              <Text fz="sm" c="dimmed">
                {t('journey.reviewedBy', { name: done_by })}
              </Text>
            ) : (
              canEdit && (
                <Button size="compact-xs" variant="default" loading={review.isPending} onClick={() => finish(id)}>
                  {t('journey.finishReview')}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
