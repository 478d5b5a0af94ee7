import { Alert, Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { FileDrop } from '../../components/FileDrop';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { formatBytes } from '../../lib/format/bytes';
import { useFormat, useMayEdit } from '../../lib/viewer';
import { guessKind, headingsOf } from './guess-kind';
import classes from './Import.module.css';
import { importQuery, createImport, type ImportKind } from './imports';
import { KindChoice } from './KindChoice';
import { SampleList } from './Samples';
import { uploadFile } from './upload';
import { WizardSteps } from './WizardSteps';

const route = getRouteApi('/_shell/import/new');
const endings = ['.csv', '.tsv', '.txt', '.xlsx', '.jsonl', '.ndjson', '.gz'] as const;
const maxBytes = 4 * 1024 ** 3;

/** The first two steps: a file, and what it holds. From then on the import has an address of its own. */
export function NewImportPage() {
  const { t } = useTranslation('import');
  const { upload, file } = route.useSearch();
  const mayImport = useMayEdit();
  const current = upload ? 'kind' : 'file';
  return (
    <Page>
      <PageHeader
        title={t('new.title')}
        subtitle={upload ? file : undefined}
        breadcrumb={
          <Anchor component={Link} to="/import" fz="sm">
            {t('title')}
          </Anchor>
        }
      />
      <WizardSteps current={current} addressOf={(step) => (step === 'file' ? '/import/new' : undefined)} />
      {!mayImport && <Alert variant="default">{t('list.emptyReadOnly')}</Alert>}
      {mayImport && (upload ? <KindStep uploadId={upload} /> : <FileStep />)}
    </Page>
  );
}

interface Sending {
  file: File;
  share: number;
  startedAt_ms: number;
}

function FileStep() {
  const { t } = useTranslation('import');
  const format = useFormat();
  const navigate = route.useNavigate();
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const controller = useRef<AbortController | null>(null);

  const send = async (file: File) => {
    setError(null);
    setIsEmpty(file.size === 0);
    if (file.size === 0) return;
    controller.current = new AbortController();
    const startedAt_ms = Date.now();
    setSending({ file, share: 0, startedAt_ms });
    try {
      const headings = await headingsOf(file);
      const uploadId = await uploadFile(file, {
        signal: controller.current.signal,
        onProgress: (share) => setSending({ file, share, startedAt_ms }),
      });
      await navigate({ search: { upload: uploadId, file: file.name, guess: guessKind(file.name, headings) } });
    } catch (fault) {
      const isStopped = fault instanceof DOMException && fault.name === 'AbortError';
      if (!isStopped) setError(fault);
    } finally {
      setSending(null);
    }
  };
  return (
    <Stack gap="md">
      {sending ? (
        <Stack gap={8} className={classes.note}>
          <Group justify="space-between">
            <Text fz="sm" role="status">
              {t('new.sending', { name: sending.file.name, size: formatBytes(sending.file.size) })}
            </Text>
            <Text fz="sm" c="dimmed" className="tabular">
              {format.percent(sending.share, 0)}
            </Text>
          </Group>
          <Progress value={sending.share * 100} aria-label={t('new.progress')} />
          <Group justify="flex-end">
            <Button size="compact-xs" variant="default" onClick={() => controller.current?.abort()}>
              {t('common:cancel')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <FileDrop accept={endings} maxBytes={maxBytes} onFile={(file) => void send(file)} />
      )}
      {isEmpty && (
        <Alert variant="default" role="alert" title={t('new.emptyFile')}>
          {t('new.emptyFileHelp')}
        </Alert>
      )}
      {error !== null && <ErrorState error={error} />}
      <div className={classes.note}>
        <Text fz="sm" mb={8}>
          {t('new.formats')}
        </Text>
        <SampleList wide />
      </div>
    </Stack>
  );
}

function KindStep({ uploadId }: { uploadId: number }) {
  const { t } = useTranslation('import');
  const { file, guess } = route.useSearch();
  const [kind, setKind] = useState<ImportKind>(guess ?? 'accounts');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const client = useQueryClient();
  const navigate = route.useNavigate();
  const go = async () => {
    setBusy(true);
    setError(null);
    try {
      const created = await createImport({ uploadId, kind });
      client.setQueryData(importQuery(created.id).queryKey, created);
      await navigate({ to: '/import/$importId', params: { importId: String(created.id) }, search: { step: 'read' } });
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="md">
      <KindChoice value={kind} guess={guess} fileName={file ?? ''} onChange={setKind} />
      {error !== null && <ErrorState error={error} />}
      <div className={classes.footer}>
        <Button variant="default" component={Link} to="/import/new">
          {t('new.otherFile')}
        </Button>
        <Button onClick={() => void go()} loading={busy}>
          {t('new.read')}
        </Button>
      </div>
    </Stack>
  );
}
