import { Anchor, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useViewer } from '../../lib/viewer';
import { CheckStep } from './CheckStep';
import { importQuery, type Import } from './imports';
import { draftOf, type MappingDraft } from './mapping';
import { MapStep } from './MapStep';
import { ReadStep } from './ReadStep';
import { RunStep } from './RunStep';
import { WizardSteps, type WizardStep } from './WizardSteps';

const route = getRouteApi('/_shell/import/$importId');

/** One import, from what was detected to what came of it. */
export function ImportDetailPage() {
  const { importId } = route.useParams();
  const record = useQuery(importQuery(Number(importId)));
  return (
    <Page>
      {record.isPending && <Skeleton height={320} />}
      {record.isError && <ErrorState error={record.error} onRetry={() => void record.refetch()} />}
      {record.data && <Wizard key={importId} record={record.data} />}
    </Page>
  );
}

/** Once rows were written, only the result is left to look at. */
function isOpen({ state }: Import): boolean {
  return state === 'mapping' || state === 'dry_run';
}

function Wizard({ record }: { record: Import }) {
  const { t } = useTranslation('import');
  const { workspaceTimeZone } = useViewer();
  const { step: asked, job } = route.useSearch();
  const [draft, setDraft] = useState<MappingDraft>(() => draftOf(record, workspaceTimeZone));
  const isImporting = job !== undefined && asked === 'run';
  const step: WizardStep = !isOpen(record) || isImporting ? 'run' : (asked ?? (record.checked ? 'check' : 'read'));
  const address = (to: WizardStep): string | undefined => {
    if (!isOpen(record) || isImporting || to === 'run' || to === 'kind') return undefined;
    if (to === 'file') return '/import/new';
    if (to === 'check' && !record.checked) return undefined;
    return `/import/${record.id}?step=${to}`;
  };
  return (
    <>
      <PageHeader
        title={record.file_name}
        subtitle={t(`kind.${record.kind}`)}
        breadcrumb={
          <Group>
            <Anchor component={Link} to="/import" fz="sm">
              {t('title')}
            </Anchor>
          </Group>
        }
      />
      <WizardSteps current={step} addressOf={address} />
      {step === 'read' && <ReadStep record={record} onReadAnew={(anew) => setDraft(draftOf(anew, draft.timeZone))} />}
      {step === 'map' && <MapStep record={record} draft={draft} onChange={setDraft} />}
      {step === 'check' && <CheckStep record={record} job={job} />}
      {step === 'run' && <RunStep record={record} job={job} />}
    </>
  );
}
