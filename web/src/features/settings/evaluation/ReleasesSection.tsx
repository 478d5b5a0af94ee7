import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { releasesQuery } from '../../../api/releases';
import { ErrorState } from '../../../components/ErrorState';
import { showProblem } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { KeptNumber } from './KeptNumber';
import { LevelWeeksChart } from './LevelWeeksChart';
import { useEvaluateRelease } from './releases';
import { ReleasesTable } from './ReleasesTable';

/** The versions of the scores: what each changed, and the history under it. */
export function ReleasesSection({ isBusy, onJob }: { isBusy: boolean; onJob: (job: number) => void }) {
  const { t } = useTranslation('settings');
  const releases = useQuery(releasesQuery);
  const evaluate = useEvaluateRelease();
  const [chosen, setChosen] = useState<number>();
  if (releases.isPending) return <Skeleton height={240} />;
  if (releases.isError) return <ErrorState error={releases.error} onRetry={() => void releases.refetch()} />;
  const { items } = releases.data;
  const readable = items.filter(({ evaluation }) => evaluation !== null);
  const shown = readable.find(({ release }) => release === chosen) ?? readable.find(({ is_present }) => is_present);
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{t('releases.title')}</Title>
        <Text fz="sm" c="dimmed">
          {t('releases.intro')}
        </Text>
      </div>
      {items.length === 0 && <Text fz="sm">{t('releases.none')}</Text>}
      {items.length > 0 && (
        <ReleasesTable
          releases={items}
          isBusy={isBusy || evaluate.isPending}
          onEvaluate={(release) =>
            carryOut(evaluate, release, { onSuccess: ({ job_id }) => onJob(job_id), onError: showProblem })
          }
        />
      )}
      <KeptNumber releases={releases.data} />
      {shown && <LevelWeeksChart releases={readable} shown={shown} onShow={setChosen} />}
    </Stack>
  );
}
