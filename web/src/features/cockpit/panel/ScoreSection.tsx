import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { healthQuery } from '../../../api/health';
import type { Call } from '../../../api/work';
import { ErrorState } from '../../../components/ErrorState';
import { ScoreAxes, ScoreChangeStory, ScoreReasons } from '../../../components/health/ScoreStory';
import { Score } from '../../../components/Score';

/** How the customer stands, why, and what moved it. */
export function ScoreSection({ account }: { account: Call['account'] }) {
  const { data, isError, error, isPending, refetch } = useQuery(healthQuery(String(account.id), undefined));
  return (
    <Stack gap="sm">
      <Score score={account.score} level={account.level} change={account.score_change_28d} />
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Skeleton height={120} />}
      {data && (
        <>
          <ScoreReasons sentences={data.sentences} />
          {data.change_28d && data.change_28d.parts.length > 0 && (
            <div>
              <ScoreChangeStory change={data.change_28d} />
            </div>
          )}
          <ScoreAxes groups={data.groups} />
        </>
      )}
    </Stack>
  );
}
