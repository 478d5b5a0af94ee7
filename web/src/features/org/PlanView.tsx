import { Button, Group, Modal, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { ProgressJob } from '../../components/ProgressJob';
import { AccountLink } from '../../components/rules/AccountLink';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { LoadBar } from './LoadBar';
import { movesShown, planQuery, useOrgDeeds, type PlanQuestion } from './requests';
import { shareOf } from './share';
import type { Plan } from './types';
import classes from './Org.module.css';

interface PlanViewProps {
  question: PlanQuestion;
  /** Offers to do it: for rules that are published. */
  mayApply?: boolean;
}

const pause_ms = 300;

/** Who would get what: people before and after, and each account that would change hands. */
export function PlanView({ question, mayApply = false }: PlanViewProps) {
  const { t } = useTranslation('org');
  const mayDefine = useMayDefine();
  const [asked] = useDebouncedValue(question, pause_ms);
  const plan = useQuery(planQuery(asked));
  if (plan.isError) return <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />;
  if (!plan.data) return <Skeleton height={240} />;
  return (
    <section aria-label={t('preview')} aria-busy={plan.isPlaceholderData}>
      <Title order={2} mb={4}>
        {t('preview')}
      </Title>
      <PlanFigures plan={plan.data} />
      <PeopleBeforeAndAfter plan={plan.data} />
      {mayApply && mayDefine && <Apply question={question} plan={plan.data} />}
      <Moves plan={plan.data} />
    </section>
  );
}

function PlanFigures({ plan }: { plan: Plan }) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const format = useFormat();
  return (
    <Stack gap={2} mb={8}>
      <Text fz="sm">
        {t('plan.summary', {
          count: plan.matched,
          matched: format.number(plan.matched),
          moving: format.number(plan.moving),
        })}
      </Text>
      {plan.unplaced > 0 && (
        <Text fz="sm" c="var(--mantine-color-error)">
          {t('plan.unplaced', { count: plan.unplaced, formatted: format.number(plan.unplaced) })}
        </Text>
      )}
      {plan.left_out.length > 0 && (
        <Text fz="sm" c="dimmed">
          {t('plan.leftOut')} {plan.left_out.map(({ user, why }) => `${user.name} (${why[language]})`).join(', ')}
        </Text>
      )}
    </Stack>
  );
}

function PeopleBeforeAndAfter({ plan }: { plan: Plan }) {
  const { t } = useTranslation('org');
  const format = useFormat();
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('plan.people')}>
      <table className={classes.table} aria-label={t('plan.people')}>
        <thead>
          <tr>
            <th scope="col">{t('column.person')}</th>
            <th scope="col">{t('plan.gets')}</th>
            <th scope="col">{t('plan.gives')}</th>
            <th scope="col">{t('column.accounts')}</th>
            <th scope="col">ARR</th>
            <th scope="col">{t('column.effort')}</th>
            <th scope="col" className={classes.words}>
              {t('plan.fullAfter')}
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.people.map(({ user, before, after, capacity, gets, gives }) => (
            <tr key={user.id}>
              <th scope="row">{user.name}</th>
              <td className={gets > 0 ? classes.changed : undefined}>{gets > 0 ? `+${format.number(gets)}` : '–'}</td>
              <td className={gives > 0 ? classes.changed : undefined}>
                {gives > 0 ? `−${format.number(gives)}` : '–'}
              </td>
              <td>{change(format.number(before.accounts), format.number(after.accounts))}</td>
              <td>{change(format.money(before.arr), format.money(after.arr))}</td>
              <td>{change(format.number(before.effort, 0), format.number(after.effort, 0))}</td>
              <td className={classes.words}>
                <LoadBar share={shareOf(after, capacity)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Both where they differ as they are written; one number where nothing is to be seen of the change. */
const change = (before: string, after: string) => (before === after ? after : `${before} → ${after}`);

function Moves({ plan }: { plan: Plan }) {
  const { t } = useTranslation('org');
  const format = useFormat();
  if (plan.moves.length === 0) return null;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('plan.moves')}>
      <Title order={3} mt="lg" mb={4}>
        {t('plan.moves')}
      </Title>
      <table className={classes.table} aria-label={t('plan.moves')}>
        <thead>
          <tr>
            <th scope="col">{t('column.account')}</th>
            <th scope="col">ARR</th>
            <th scope="col" className={classes.words}>
              {t('before')}
            </th>
            <th scope="col" className={classes.words}>
              {t('after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.moves.map(({ account, from, to }) => (
            <tr key={account.id}>
              <th scope="row">
                <AccountLink id={account.id} name={account.name || null} />
              </th>
              <td>
                <Money value={account.arr} />
              </td>
              <td>{from?.name ?? t('nobody')}</td>
              <td className={classes.changed}>{to?.name ?? t('nobody')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {plan.moving > movesShown && (
        <Text fz="xs" c="dimmed" mt={4}>
          {t('plan.more', { count: plan.moving - movesShown, formatted: format.number(plan.moving - movesShown) })}
        </Text>
      )}
    </div>
  );
}

interface Begun {
  id: number;
  jobId: number | null;
  moving: number;
}

/** Stays while it works although nobody is left to move by then: live changes fetch the plan anew before the job ends. */
function Apply({ question, plan }: { question: PlanQuestion; plan: Plan }) {
  const { t } = useTranslation('org');
  const format = useFormat();
  const { startAssignment, undoAssignment, refreshAll } = useOrgDeeds();
  const [isAsking, setAsking] = useState(false);
  const [why, setWhy] = useState('');
  const [begun, setBegun] = useState<Begun | null>(null);
  const inWords = (moving: number) => ({ count: moving, formatted: format.number(moving) });
  const words = inWords(plan.moving);
  const undo = (id: number) =>
    carryOut(undoAssignment, id, {
      onSuccess: ({ restored }) => showToast(t('plan.undone', { count: restored, formatted: format.number(restored) })),
      onError: showProblem,
    });
  const start = () =>
    carryOut(
      startAssignment,
      { key: question.key, basis: plan.basis, why: why.trim() },
      {
        onSuccess: ({ id, job_id }) => setBegun({ id, jobId: job_id, moving: plan.moving }),
        onError: showProblem,
      },
    );
  return (
    <Group mt="md">
      {plan.moving > 0 && <Button onClick={() => setAsking(true)}>{t('plan.apply', words)}</Button>}
      <Modal
        opened={isAsking && (plan.moving > 0 || startAssignment.isPending || begun !== null)}
        onClose={() => setAsking(false)}
        title={t('plan.applyTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {begun?.jobId ? (
          <ProgressJob
            id={begun.jobId}
            onEnd={(job) => {
              void refreshAll();
              setAsking(false);
              setBegun(null);
              if (job.state === 'done') showToast(t('plan.applied', inWords(begun.moving)), () => undo(begun.id));
              else showToast(job.message || t('past.state.failed'));
            }}
          />
        ) : (
          <Stack gap="md">
            <Text fz="sm">{t('plan.applyDetail', words)}</Text>
            <Textarea
              label={t('why')}
              description={t('whyHelp')}
              data-autofocus
              autosize
              minRows={2}
              maxLength={500}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
            <Group justify="flex-end" gap={8}>
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('common:cancel')}
              </Button>
              <Button onClick={start} loading={startAssignment.isPending}>
                {t('plan.apply', words)}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </Group>
  );
}
