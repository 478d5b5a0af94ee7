import { Anchor, Button, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../components/DateText';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayEdit } from '../../lib/viewer';
import classes from './Journeys.module.css';
import { reviewsQuery, useFinishReview, type Review } from './requests';

/** Handovers from one of our roles to another: a look together at whether the customer feels it went well. */
export function Reviews() {
  const { t } = useTranslation('journeys');
  const reviews = useQuery(reviewsQuery);
  if (!reviews.data || reviews.data.total === 0) return null;
  return (
    <section aria-label={t('reviews.title')}>
      <Title order={2} mb={4}>
        {t('reviews.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('reviews.help')}
      </Text>
      <ul className={classes.reviews}>
        {reviews.data.items.map((review) => (
          <ReviewLine key={review.id} review={review} />
        ))}
      </ul>
    </section>
  );
}

function ReviewLine({ review }: { review: Review }) {
  const { t } = useTranslation('journeys');
  const language = useLanguage();
  const mayEdit = useMayEdit();
  const finish = useFinishReview();
  const done = () =>
    carryOut(
      finish,
      { id: review.id, note: '' },
      { onSuccess: () => showToast(t('reviews.done')), onError: showProblem },
    );
  return (
    <li>
      <Anchor
        truncate
        renderRoot={(props) => (
          <Link to="/accounts/$accountId" params={{ accountId: String(review.account_id) }} {...props} />
        )}
      >
        {review.account_name ?? '–'}
      </Anchor>
      <Text fz="sm">
        {review.from_name[language]} → {review.to_name[language]}
      </Text>
      <Text fz="sm" c="dimmed">
        <DateText value={review.opened} />
      </Text>
      {mayEdit && (
        <Button size="compact-sm" variant="default" loading={finish.isPending} onClick={done}>
          {t('reviews.finish')}
        </Button>
      )}
    </li>
  );
}
