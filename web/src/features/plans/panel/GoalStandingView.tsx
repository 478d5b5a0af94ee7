import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goalStages, goalStatuses, wordsIn, type Goal, type GoalStanding } from '../../../api/plans';
import { DayInput } from '../../../components/contracts/DayInput';
import { DateText } from '../../../components/DateText';
import { useFigureText } from '../../../components/goals/figure-text';
import { ConfirmationBadge, GoalStatusBadge } from '../../../components/goals/GoalBadges';
import { GoalChart } from '../../../components/goals/GoalChart';
import { GoalFigures } from '../../../components/goals/GoalFigures';
import { useLanguage } from '../../../lib/viewer';
import { useEditing } from '../editing';
import classes from '../Plans.module.css';
import type { PlanDeeds } from '../use-plan-deeds';

/** How the goal stands: its course, the reason for its status, its outcome, and who confirmed it. */
export function GoalStandingView({ goal, deeds }: { goal: Goal; deeds: PlanDeeds }) {
  const language = useLanguage();
  const { plan } = useEditing();
  const standing = plan?.goals.find(({ key }) => key === goal.key);
  if (!standing) return null;
  return (
    <Stack gap="lg">
      <Text fz="sm" className="phrases">
        {wordsIn(goal.criterion, language)}
      </Text>
      <GoalFigures goal={goal} standing={standing} />
      {goal.kind !== 'yes_no' && (
        <GoalChart
          course={{ ...goal, readings: standing.readings }}
          unit={goal.unit}
          name={wordsIn(goal.name, language)}
          width_px={300}
          height_px={120}
          labelled
        />
      )}
      <Status goal={goal} standing={standing} />
      <Outcome goal={goal} standing={standing} />
      <Readings goal={goal} standing={standing} deeds={deeds} />
      <Confirmations goal={goal} standing={standing} />
    </Stack>
  );
}

interface PartProps {
  goal: Goal;
  standing: GoalStanding;
}

/** What the rule says and why, and a person's judgement in its place. */
function Status({ goal, standing }: PartProps) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { change, mayEdit } = useEditing();
  const [judging, setJudging] = useState(false);
  const [status, setStatus] = useState(standing.status);
  const [why, setWhy] = useState('');
  const put = (override: Goal['override'], told: string) => {
    change([{ op: 'put', kind: 'goal', item: { key: goal.key, override } }], told);
    setJudging(false);
  };
  return (
    <section>
      <Group gap={10} mb={4}>
        <GoalStatusBadge status={standing.status} />
        {goal.override && (
          <Text fz="xs" c="dimmed">
            {t('judge.instead')} <GoalStatusBadge status={standing.rule_status} />
          </Text>
        )}
      </Group>
      {goal.override && <Text fz="sm">{t('judged', { why: goal.override.why })}</Text>}
      <Text fz="sm" c="dimmed">
        {standing.rule[language]}
      </Text>
      {mayEdit && !judging && (
        <Group gap={8} mt={8}>
          <Button size="compact-sm" variant="default" onClick={() => setJudging(true)}>
            {t('judge.open')}
          </Button>
          {goal.override && (
            <Button size="compact-sm" variant="default" onClick={() => put(null, t('judge.followed'))}>
              {t('judge.follow')}
            </Button>
          )}
        </Group>
      )}
      {judging && (
        <Stack gap={8} mt={8}>
          <Select
            label={t('judge.status')}
            allowDeselect={false}
            data={goalStatuses.map((each) => ({ value: each, label: t(`goals:status.${each}`) }))}
            value={status}
            onChange={(next) => setStatus(goalStatuses.find((each) => each === next) ?? status)}
          />
          <Textarea
            label={t('judge.why')}
            required
            autosize
            minRows={2}
            maxLength={1000}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          <Group gap={8}>
            <Button
              size="xs"
              disabled={why.trim() === ''}
              onClick={() => put({ status, why: why.trim() }, t('told.saved'))}
            >
              {t('judge.save')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setJudging(false)}>
              {t('common:cancel')}
            </Button>
          </Group>
        </Stack>
      )}
    </section>
  );
}

/** From proposed to verified, and the closing: a goal counts as a success only where all three are there. */
function Outcome({ goal, standing }: PartProps) {
  const { t } = useTranslation('plans');
  const { change, mayEdit, today } = useEditing();
  const put = (item: Partial<Goal>, told: string) =>
    change([{ op: 'put', kind: 'goal', item: { key: goal.key, ...item } }], told);
  return (
    <section>
      <Group align="flex-end" gap={10}>
        <Select
          label={t('outcome.stage')}
          w={180}
          disabled={!mayEdit}
          allowDeselect={false}
          data={goalStages.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
          value={goal.stage}
          onChange={(next) => {
            const stage = goalStages.find((each) => each === next);
            if (stage && stage !== goal.stage) put({ stage }, t('told.saved'));
          }}
        />
        {mayEdit && (
          <Button
            variant="default"
            onClick={() =>
              goal.closed_on
                ? put({ closed_on: null }, t('outcome.opened'))
                : put({ closed_on: today }, t('outcome.closed'))
            }
          >
            {goal.closed_on ? t('outcome.reopen') : t('outcome.close')}
          </Button>
        )}
      </Group>
      <Text fz="xs" c="dimmed" mt={6}>
        {standing.counts_as_success
          ? t('close.counts')
          : t('close.lacks', {
              what: standing.missing_for_success.map((each) => t(`missing.${each}`)).join(t('head.and')),
            })}
      </Text>
    </section>
  );
}

const shownReadings = 8;

function Readings({ goal, standing, deeds }: PartProps & { deeds: PlanDeeds }) {
  const { t } = useTranslation('plans');
  const figure = useFigureText();
  const { mayEdit, today } = useEditing();
  const [value, setValue] = useState<number | string>('');
  const [day, setDay] = useState(today);
  if (goal.kind === 'yes_no') return mayEdit && <YesNo goal={goal} standing={standing} deeds={deeds} />;
  const newest = standing.readings.toReversed().slice(0, shownReadings);
  return (
    <section aria-label={t('readings.title')}>
      <Title order={3} mb={6}>
        {t('readings.title')}
      </Title>
      {newest.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('readings.none')}
        </Text>
      )}
      {newest.length > 0 && (
        <table className={classes.readings}>
          <thead>
            <tr>
              <th scope="col">{t('readings.day')}</th>
              <th scope="col" data-number>
                {t('readings.value')}
              </th>
              <th scope="col">{t('readings.by')}</th>
            </tr>
          </thead>
          <tbody>
            {newest.map((reading) => (
              <tr key={`${reading.day} ${reading.at}`}>
                <td>
                  <DateText value={reading.day} form="absolute" />
                </td>
                <td data-number>{figure(reading.value, goal.unit)}</td>
                <td>{reading.by === 'measure' ? t('readings.measure') : reading.author}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {goal.kind === 'figure' && mayEdit && (
        <Group align="flex-end" gap={8} mt={10}>
          <SimpleGrid cols={2} style={{ flex: 1 }}>
            <NumberInput
              label={t('readings.value')}
              hideControls
              thousandSeparator=","
              decimalScale={4}
              value={value}
              onChange={setValue}
            />
            <DayInput
              label={t('readings.day')}
              clearable={false}
              maxDate={today}
              value={day}
              onChange={(next) => next && setDay(next.slice(0, 10))}
            />
          </SimpleGrid>
          <Button
            variant="default"
            disabled={value === '' || value === '-'}
            loading={deeds.isBusy}
            onClick={() => deeds.enterReading({ goal: goal.key, value: Number(value), day }, () => setValue(''))}
          >
            {t('readings.enter')}
          </Button>
        </Group>
      )}
    </section>
  );
}

/** Whether a goal without figures is reached: said by us, with today's date. */
function YesNo({ goal, standing, deeds }: PartProps & { deeds: PlanDeeds }) {
  const { t } = useTranslation('plans');
  const { today } = useEditing();
  const isReached = standing.current === 1;
  const enter = () => deeds.enterReading({ goal: goal.key, value: isReached ? 0 : 1, day: today }, () => {});
  return (
    <div>
      <Button variant="default" onClick={enter} loading={deeds.isBusy}>
        {isReached ? t('readings.notReached') : t('readings.reached')}
      </Button>
    </div>
  );
}

function Confirmations({ goal, standing }: PartProps) {
  const { t } = useTranslation('plans');
  const { plan } = useEditing();
  const said = plan?.confirmations.filter((each) => each.goal === goal.key) ?? [];
  return (
    <section aria-label={t('confirmations')}>
      <Group gap={10} mb={6}>
        <Title order={3}>{t('confirmations')}</Title>
        <ConfirmationBadge confirmation={standing.confirmation} />
      </Group>
      {said.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('confirmationsNone')}
        </Text>
      )}
      <ul className={classes.comments}>
        {said.map(({ at, contact_name, verdict, words, how, noted_by, version }) => (
          <li key={`${at} ${contact_name}`} data-customer>
            <Text fz="xs" c="dimmed">
              {[
                contact_name,
                t(`goals:confirmation.${verdict}`),
                how === 'told_us' ? t('notedBy', { name: noted_by ?? '' }) : t('inPortal'),
                t('version', { version }),
              ].join(' · ')}{' '}
              · <DateText value={at} />
            </Text>
            {words !== '' && <Text fz="sm">{words}</Text>}
          </li>
        ))}
      </ul>
    </section>
  );
}
