import { Button, Skeleton, Stack, Switch, Text, Textarea, Title } from '@mantine/core';
import { IconTrophy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  accountValueQuery,
  wordsIn,
  type AccountValue,
  type Goal,
  type Plan,
  type PlanValue,
} from '../../../api/plans';
import { DateText } from '../../../components/DateText';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useFigureText } from '../../../components/goals/figure-text';
import { ValueBars } from '../../../components/goals/ValueBars';
import { Money } from '../../../components/Money';
import { useAsOf } from '../../../lib/as-of';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { useEditing } from '../editing';
import classes from '../Plans.module.css';
import type { PlanDeeds } from '../use-plan-deeds';

/** What the customer gained, next to what it pays, and each achieved goal written up as a success. */
export function ValueTab({ plan, deeds }: { plan: Plan; deeds: PlanDeeds }) {
  const { t } = useTranslation('plans');
  const { asOf } = useAsOf();
  const value = useQuery(accountValueQuery(String(plan.account_id), asOf));
  if (value.isError) return <ErrorState error={value.error} onRetry={() => void value.refetch()} />;
  if (!value.data) return <Skeleton height={200} />;
  return (
    <Stack gap="xl">
      <section aria-label={t('value.over')}>
        <Title order={2} mb={10}>
          {t('value.over')}
        </Title>
        <ValueBars value={value.data} />
      </section>
      <section aria-label={t('value.successes')}>
        <Title order={2} mb={10}>
          {t('value.successes')}
        </Title>
        {plan.values.length === 0 && (
          <EmptyState icon={IconTrophy} title={t('value.empty')}>
            {t('value.emptyHelp')}
          </EmptyState>
        )}
        <div className={classes.successes}>
          {plan.values.map((each) => {
            const goal = plan.document.goals.find(({ key }) => key === each.goal);
            return (
              goal && (
                <Success
                  key={each.goal}
                  goal={goal}
                  value={each}
                  worth={value.data.items.find((item) => item.plan_id === plan.id && item.goal === each.goal)}
                  deeds={deeds}
                />
              )
            );
          })}
        </div>
      </section>
    </Stack>
  );
}

interface SuccessProps {
  goal: Goal;
  value: PlanValue;
  worth: AccountValue['items'][number] | undefined;
  deeds: PlanDeeds;
}

function Success({ goal, value, worth, deeds }: SuccessProps) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { mayEdit } = useEditing();
  const [story, setStory] = useState<string | null>(null);
  const name = wordsIn(goal.name, language);
  return (
    <article className={classes.success} aria-label={name}>
      <div className={classes.goalHead}>
        <Title order={3}>{name}</Title>
        <Text span fz="sm" c="dimmed">
          {t('value.achievedOn')} <DateText value={value.achieved_on} form="absolute" />
        </Text>
      </div>
      {worth && <Worth worth={worth} />}
      {story === null ? (
        <Text
          fz="sm"
          className="phrases"
          c={value.story === '' ? 'dimmed' : undefined}
          style={{ whiteSpace: 'pre-wrap' }}
        >
          {value.story || t('value.noStory')}
        </Text>
      ) : (
        <Textarea
          label={t('value.story')}
          description={t('value.storyHelp')}
          autosize
          minRows={4}
          maxLength={1300}
          value={story}
          onChange={(event) => setStory(event.currentTarget.value)}
        />
      )}
      {value.evidence.length > 0 && (
        <ul className={classes.evidence} aria-label={t('value.evidence')}>
          {value.evidence.map((words, index) => (
            <li key={index}>{wordsIn(words, language)}</li>
          ))}
        </ul>
      )}
      {mayEdit && (
        <div className={classes.goalFoot}>
          {story === null ? (
            <Button size="xs" variant="default" onClick={() => setStory(value.story)}>
              {value.story === '' ? t('value.write') : t('value.edit')}
            </Button>
          ) : (
            <>
              <Button
                size="xs"
                loading={deeds.isBusy}
                onClick={() =>
                  deeds.writeValue(goal.key, { story: story.trim(), shared: value.shared }, () => setStory(null))
                }
              >
                {t('save')}
              </Button>
              <Button size="xs" variant="default" onClick={() => setStory(null)}>
                {t('common:cancel')}
              </Button>
            </>
          )}
          <Switch
            label={t('value.share')}
            checked={value.shared}
            disabled={value.story === '' && !value.shared}
            onChange={(event) =>
              deeds.writeValue(goal.key, { story: value.story, shared: event.currentTarget.checked })
            }
          />
        </div>
      )}
    </article>
  );
}

function Worth({ worth }: { worth: AccountValue['items'][number] }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const figure = useFigureText();
  const format = useFormat();
  if (!worth.amount && worth.quantity === null) return null;
  const gain = [
    worth.amount && format.money(worth.amount),
    worth.quantity !== null && figure(worth.quantity, worth.unit),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <Text fz="sm">
      <strong title={worth.amount ? format.moneyExact(worth.amount) : undefined}>
        {worth.per === 'year' ? t('value.yearly', { gain }) : gain}
      </strong>
      {worth.per === 'year' && worth.amount_so_far && (
        <>
          {' · '}
          {t('value.soFar')} <Money value={worth.amount_so_far} />
        </>
      )}
      <Text span fz="xs" c="dimmed" display="block">
        {wordsIn(worth.how, language)}
      </Text>
    </Text>
  );
}
