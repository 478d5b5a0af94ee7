import { ActionIcon, Skeleton, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  documentEndings,
  maxDocumentBytes,
  portalDocumentsQuery,
  useAddDocument,
  useRemoveDocument,
  type PortalDocument,
} from '../../api/portal';
import { carryOut } from '../../lib/carry-out';
import { formatBytes } from '../../lib/format/bytes';
import { useMayDefine } from '../../lib/viewer';
import { confirm } from '../confirm';
import { DateText } from '../DateText';
import { ErrorState } from '../ErrorState';
import { FileDrop } from '../FileDrop';
import { showProblem, showToast } from '../toast';
import classes from './Portal.module.css';

interface PortalDocumentsProps {
  /** Undefined: every document, and new ones are for all customers. */
  account: string | undefined;
  mayAdd: boolean;
}

/** The files that customers can download, and a place to drop another. */
export function PortalDocuments({ account, mayAdd }: PortalDocumentsProps) {
  const { t } = useTranslation('customer-portal');
  const documents = useQuery(portalDocumentsQuery(account));
  const add = useAddDocument(account);
  const share = (file: File) =>
    carryOut(add, file, { onSuccess: () => showToast(t('document.added', { name: file.name })), onError: showProblem });
  if (documents.isPending) return <Skeleton height={80} />;
  if (documents.isError) return <ErrorState error={documents.error} onRetry={() => void documents.refetch()} />;
  return (
    <Stack gap="sm">
      {documents.data.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('document.none')}
        </Text>
      ) : (
        <ul className={classes.rows} aria-label={t('document.title')}>
          {documents.data.map((document) => (
            <Row key={document.id} document={document} account={account} mayRemove={mayAdd} />
          ))}
        </ul>
      )}
      {mayAdd && (
        <FileDrop accept={documentEndings} maxBytes={maxDocumentBytes} onFile={share} disabled={add.isPending} />
      )}
    </Stack>
  );
}

interface RowProps {
  document: PortalDocument;
  account: string | undefined;
  mayRemove: boolean;
}

function Row({ document, account, mayRemove }: RowProps) {
  const { t } = useTranslation('customer-portal');
  const mayDefine = useMayDefine();
  const remove = useRemoveDocument();
  const { id, name, bytes, account_name, shared_at, shared_by, downloads } = document;
  const isForAll = document.account_id === null;
  const ask = () =>
    confirm({
      title: t('document.removeTitle', { name }),
      children: t('document.removeDetail'),
      confirmLabel: t('document.remove'),
      danger: true,
      onConfirm: () =>
        carryOut(remove, id, { onSuccess: () => showToast(t('document.removed', { name })), onError: showProblem }),
    });
  return (
    <li>
      <div className={classes.rowText}>
        <a href={`/api/portal/documents/${id}`} download={name}>
          {name}
        </a>
        <Text fz="xs" c="dimmed">
          {formatBytes(bytes)} · {isForAll ? t('document.forAll') : account === undefined && `${account_name} · `}
          {isForAll && ' · '}
          {shared_by} · <DateText value={shared_at} /> · {t('document.downloads', { count: downloads })}
        </Text>
      </div>
      {mayRemove && (!isForAll || mayDefine) && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('document.removeNamed', { name })}
          loading={remove.isPending}
          onClick={ask}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </li>
  );
}
