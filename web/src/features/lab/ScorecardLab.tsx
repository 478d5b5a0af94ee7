import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { PageHeader } from '../../components/PageHeader';
import { scorecardQuery } from './lab';
import type { ReadyPanel } from './types';
import { useLabAddress } from './use-lab-address';
import { Workbench } from './Workbench';

/** The Lab with a history: fetches the scorecard that the address names, or the first. */
export function ScorecardLab({ panel }: { panel: ReadyPanel }) {
  const { t } = useTranslation('lab');
  const address = useLabAddress();
  const key = address.scorecard ?? panel.scorecards[0]?.key;
  const definition = useQuery({ ...scorecardQuery(key ?? ''), enabled: key !== undefined });
  const { data } = definition;
  const isDraft = data !== undefined && data.draft_body !== null && (address.use === 'draft' || data.body === null);
  const body = isDraft ? data.draft_body : data?.body;
  if (data && body)
    return (
      <Workbench
        // Another scorecard, or another text of it: the sliders start anew from what the address says.
        key={`${data.key} ${isDraft} ${data.updated_at}`}
        panel={panel}
        definition={data}
        body={body}
        use={isDraft ? 'draft' : 'published'}
      />
    );
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('intro')} />
      {key === undefined && <EmptyState title={t('noScorecard')}>{t('noScorecardHelp')}</EmptyState>}
      {definition.isError && <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />}
      {definition.isFetching && <Skeleton height={320} />}
    </>
  );
}
