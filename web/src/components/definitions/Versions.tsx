import { Button, Group, Modal, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../DateText';
import { ErrorState } from '../ErrorState';
import { showToast } from '../toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import { differencesQuery, useDefinitionDeeds, versionsQuery } from '../../api/definitions';
import { Differences } from './Differences';
import classes from './Definitions.module.css';
import type { DefinitionKind, DefinitionVersion } from '../../api/definitions';

interface VersionsProps {
  kind: DefinitionKind;
  name: string;
  current: number;
}

/** Everything that was ever published under this name, and the way back to it. */
export function Versions({ kind, name, current }: VersionsProps) {
  const { t } = useTranslation('definitions');
  const versions = useQuery({ ...versionsQuery(kind, name), enabled: current > 0 });
  const [returning, setReturning] = useState<number | null>(null);
  if (current === 0) return null;
  return (
    <section>
      <Title order={2} mb={8}>
        {t('versions.title')}
      </Title>
      {versions.isPending && <Skeleton height={56} />}
      {versions.isError && <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data && (
        <div className={classes.list}>
          {versions.data.items.map((version) => (
            <VersionRow
              key={version.version}
              kind={kind}
              name={name}
              version={version}
              isCurrent={version.version === current}
              onReturn={() => setReturning(version.version)}
            />
          ))}
        </div>
      )}
      <Modal
        opened={returning !== null}
        onClose={() => setReturning(null)}
        title={t('versions.returnTitle', { version: returning })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {returning !== null && (
          <ReturnForm kind={kind} name={name} version={returning} onClose={() => setReturning(null)} />
        )}
      </Modal>
    </section>
  );
}

interface VersionRowProps {
  kind: DefinitionKind;
  name: string;
  version: DefinitionVersion<unknown>;
  isCurrent: boolean;
  onReturn: () => void;
}

function VersionRow({ kind, name, version, isCurrent, onReturn }: VersionRowProps) {
  const { t } = useTranslation('definitions');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const [open, setOpen] = useState(false);
  const differences = useQuery({
    ...differencesQuery(kind, name, version.version - 1, version.version, ''),
    enabled: open && version.version > 1,
  });
  return (
    <div className={classes.version}>
      <Group justify="space-between" gap={12} wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text fz="sm" fw={600} component="div">
            {t('versions.version', { version: version.version })}
            {isCurrent && ` · ${t('versions.current')}`}
          </Text>
          <Text fz="sm" component="div">
            {version.why[language] || t('versions.noReason')}
          </Text>
          <Text fz="xs" c="dimmed" component="div">
            {version.author.name} · <DateText value={version.published_at} />
            {version.restored_version !== null && ` · ${t('versions.restored', { version: version.restored_version })}`}
          </Text>
        </div>
        <Group gap={8} wrap="nowrap">
          {version.version > 1 && (
            <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => setOpen((now) => !now)}>
              {t('versions.diff')}
            </Button>
          )}
          {mayDefine && !isCurrent && version.body !== null && (
            <Button size="compact-xs" variant="default" onClick={onReturn}>
              {t('versions.return')}
            </Button>
          )}
        </Group>
      </Group>
      {open && differences.data && (
        <div style={{ marginTop: 8 }}>
          <Differences items={differences.data.items} />
        </div>
      )}
    </div>
  );
}

function ReturnForm({
  kind,
  name,
  version,
  onClose,
}: {
  kind: DefinitionKind;
  name: string;
  version: number;
  onClose: () => void;
}) {
  const { t } = useTranslation('definitions');
  const [why, setWhy] = useState('');
  const { rollBack } = useDefinitionDeeds(kind, name);
  const send = () =>
    carryOut(
      rollBack,
      { version, why: why.trim() },
      {
        onSuccess: () => {
          showToast(t('versions.returned', { version }));
          onClose();
        },
      },
    );
  return (
    <Stack gap="md">
      <Text fz="sm">{t('versions.returnHelp')}</Text>
      <Textarea
        label={t('draft.why')}
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {rollBack.isError && <ErrorState error={rollBack.error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={why.trim() === ''} loading={rollBack.isPending} onClick={send}>
          {t('versions.return')}
        </Button>
      </Group>
    </Stack>
  );
}
