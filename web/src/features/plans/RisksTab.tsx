import { Button, Group, Text, Textarea, Title, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Plan, type PlanReview } from '../../api/plans';
import { DateText } from '../../components/DateText';
import { useLanguage } from '../../lib/viewer';
import { usePanel } from '../../lib/use-panel';
import { InternalMark } from './actions/ActionTable';
import { useEditing } from './editing';
import { panelAddress } from './panel-address';
import { Comments } from './panel/Comments';
import { riskSeverities } from './panel/RiskForm';
import classes from './Plans.module.css';
import type { PlanDeeds } from './use-plan-deeds';

/** What could come between, the reviews that are due and were held, and what was said about the plan as a whole. */
export function RisksTab({ plan, deeds }: { plan: Plan; deeds: PlanDeeds }) {
  return (
    <div className={classes.columns}>
      <Risks />
      <Reviews plan={plan} deeds={deeds} />
      <Comments item={null} deeds={deeds} />
    </div>
  );
}

export function Risks() {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { document, mayEdit } = useEditing();
  const panel = usePanel();
  const sorted = document.risks.toSorted(
    (a, b) =>
      Number(a.closed_on !== null) - Number(b.closed_on !== null) ||
      riskSeverities.indexOf(a.severity) - riskSeverities.indexOf(b.severity),
  );
  return (
    <section aria-label={t('risks')}>
      <Group justify="space-between" mb={6}>
        <Title order={2}>{t('risks')}</Title>
        {mayEdit && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => panel.open(panelAddress({ kind: 'risk', key: '' }))}
          >
            {t('add.risk')}
          </Button>
        )}
      </Group>
      {sorted.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('noRisks')}
        </Text>
      )}
      <ul className={classes.lines}>
        {sorted.map((risk) => (
          <li key={risk.key} data-done={risk.closed_on !== null || undefined}>
            <div>
              <UnstyledButton
                className={classes.rowName}
                onClick={() => panel.open(panelAddress({ kind: 'risk', key: risk.key }))}
              >
                {wordsIn(risk.name, language)}
              </UnstyledButton>
              {risk.internal && <InternalMark />}
              <Text fz="sm" c="dimmed">
                {wordsIn(risk.mitigation, language)}
              </Text>
            </div>
            <Text span fz="sm" className={classes.severity} data-severity={risk.severity}>
              {risk.closed_on ? t('riskOver') : t(`severity.${risk.severity}`)}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reviews({ plan, deeds }: { plan: Plan; deeds: PlanDeeds }) {
  const { t } = useTranslation('plans');
  const { mayEdit } = useEditing();
  const [why, setWhy] = useState('');
  return (
    <section aria-label={t('reviews.title')}>
      <Title order={2} mb={6}>
        {t('reviews.title')}
      </Title>
      {plan.reviews.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('reviews.none')}
        </Text>
      )}
      <ul className={classes.lines}>
        {plan.reviews.map((review) => (
          <Review key={review.id} review={review} deeds={deeds} />
        ))}
      </ul>
      {mayEdit && (
        <Group gap={8} mt={10} align="flex-end">
          <Textarea
            style={{ flex: 1 }}
            label={t('reviews.why')}
            autosize
            minRows={1}
            maxLength={1000}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={why.trim() === ''}
            loading={deeds.isBusy}
            onClick={() => deeds.askReview(why.trim(), () => setWhy(''))}
          >
            {t('reviews.ask')}
          </Button>
        </Group>
      )}
    </section>
  );
}

function Review({ review, deeds }: { review: PlanReview; deeds: PlanDeeds }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { mayEdit } = useEditing();
  const [note, setNote] = useState<string | null>(null);
  return (
    <li data-done={review.done_at !== null || undefined}>
      <div>
        <Text fz="sm" fw={550}>
          {review.why[language]}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('reviews.opened')} <DateText value={review.opened} form="absolute" />
          {review.done_at && (
            <>
              {' · '}
              {t('reviews.doneBy', { name: review.done_by ?? '' })} <DateText value={review.done_at} />
            </>
          )}
        </Text>
        {review.note !== '' && <Text fz="sm">{review.note}</Text>}
        {note !== null && (
          <>
            <Textarea
              mt={6}
              label={t('reviews.note')}
              autosize
              minRows={2}
              maxLength={1300}
              data-autofocus
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Button
              mt={6}
              size="xs"
              loading={deeds.isBusy}
              onClick={() => deeds.finishReview(review.id, note.trim(), () => setNote(null))}
            >
              {t('reviews.save')}
            </Button>
          </>
        )}
      </div>
      {mayEdit && review.done_at === null && note === null && (
        <Button size="compact-sm" variant="default" onClick={() => setNote('')}>
          {t('reviews.finish')}
        </Button>
      )}
    </li>
  );
}
