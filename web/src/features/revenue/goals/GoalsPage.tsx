import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useFormat, useMayDefine, useViewer } from '../../../lib/viewer';
import { FigureTip } from '../FigureTip';
import { periodOf } from '../periods';
import { goalsQuery, useRevenueDeeds } from '../revenue';
import { RevenueFrame } from '../RevenueFrame';
import { goalKeys, type Goal, type GoalKey, type Goals } from '../types';
import { GoalCell } from './GoalCell';
import classes from './Goals.module.css';
import { shownQuarters, withGoal } from './quarters';

/** What each quarter is to bring, set in place, beside what it brought. */
export function GoalsPage() {
  const { t } = useTranslation('revenue');
  const goals = useQuery(goalsQuery(undefined));
  return (
    <RevenueFrame title={t('goals.page')} subtitle={t('goals.intro')}>
      {goals.isPending && <Skeleton height={420} />}
      {goals.isError && <ErrorState error={goals.error} onRetry={() => void goals.refetch()} />}
      {goals.data && <GoalTable goals={goals.data} />}
    </RevenueFrame>
  );
}

const figureOf: Record<GoalKey, string> = { arr: 'arr', nrr: 'nrr_12', grr: 'grr_12', new: 'new', churn: 'churn' };

function GoalTable({ goals }: { goals: Goals }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const { bookDay } = useViewer();
  const mayDefine = useMayDefine();
  const { setGoals } = useRevenueDeeds();
  const present = periodOf(bookDay, 'quarter', goals.fiscal_start);
  const save = (after: Goal, before: Goal, said: string) =>
    carryOut(setGoals, [after], {
      onSuccess: () => showToast(said, () => save(before, after, t('goals.undone'))),
      onError: showProblem,
    });
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('goals.page')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('goals.quarter')}</th>
              {goalKeys.map((key) => (
                <th key={key} scope="col">
                  {t(`goals.key.${key}`)} <FigureTip figure={figureOf[key]} about={t(`goals.key.${key}`)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shownQuarters(goals, bookDay).map((quarter) => (
              <tr key={quarter.quarter} data-present={quarter.quarter === present || undefined}>
                <th scope="row">
                  {format.fiscalQuarter(quarter.quarter)}
                  <Text fz="xs" c="dimmed">
                    {quarter.quarter === present
                      ? t('goals.present')
                      : t('goals.from', { month: format.month(quarter.quarter) })}
                  </Text>
                </th>
                {goalKeys.map((key: GoalKey) => (
                  <td key={key} data-label={t(`goals.key.${key}`)}>
                    <GoalCell
                      goalKey={key}
                      label={`${format.fiscalQuarter(quarter.quarter)} ${t(`goals.key.${key}`)}`}
                      value={quarter[key]}
                      currency={goals.currency}
                      progress={quarter.progress.find((each) => each.key === key)}
                      mayEdit={mayDefine}
                      onSave={(value) =>
                        save(
                          withGoal(quarter, key, value),
                          withGoal(quarter, key, quarter[key]),
                          t('goals.saved', { quarter: format.fiscalQuarter(quarter.quarter) }),
                        )
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text fz="xs" c="dimmed" mt={8}>
        {t('goals.help')}
      </Text>
    </>
  );
}
