import { Anchor, Badge, Button, Group, Stack } from '@mantine/core';
import { IconMail, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { NothingYet } from './NothingYet';
import { templatesQuery, type TemplateKind, type TemplateRow } from './requests';

/** Templates and surveys with what became of their mails. */
export function TemplatesTab() {
  const { t } = useTranslation('outreach');
  const language = useLanguage();
  const navigate = useNavigate();
  const list = useQuery(templatesQuery);
  const columns = useTemplateColumns();
  const source = useMemo(() => ({ rows: list.data?.items }), [list.data]);
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data?.items.length === 0) {
    return (
      <EmptyState icon={IconMail} title={t('templates.empty')} action={<Deeds />}>
        {t('templates.emptyHelp')}
      </EmptyState>
    );
  }
  return (
    <Stack gap="sm">
      <Deeds />
      <DataTable
        id="outreach-templates"
        empty={<NothingYet>{t('templates.none')}</NothingYet>}
        label={t('room.templates')}
        columns={columns}
        source={source}
        rowId={({ kind, key }) => `${kind}/${key}`}
        rowLabel={({ name }) => name[language]}
        onOpen={({ kind, key }) => void navigate({ to: '/outreach/$kind/$key', params: { kind, key } })}
        height="content"
      />
    </Stack>
  );
}

function Deeds() {
  const { t } = useTranslation('outreach');
  const mayDefine = useMayDefine();
  const client = useQueryClient();
  const starters = useMutation({
    mutationFn: () => sendJson<{ added: number }>('POST', '/api/outreach/starters'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['outreach', 'templates'] }),
  });
  if (!mayDefine) return null;
  const newButton = (kind: TemplateKind) => (
    <Button
      variant={kind === 'survey' ? 'default' : 'filled'}
      leftSection={<IconPlus size={15} aria-hidden />}
      renderRoot={(props) => <Link to="/outreach/new/$kind" params={{ kind }} {...props} />}
    >
      {t(`new.${kind}`)}
    </Button>
  );
  return (
    <Group gap="xs">
      {newButton('mail_template')}
      {newButton('survey')}
      <Button
        variant="subtle"
        loading={starters.isPending}
        onClick={() =>
          carryOut(starters, undefined, {
            onSuccess: ({ added }) => showToast(t('templates.added', { count: added })),
            onError: showProblem,
          })
        }
      >
        {t('templates.addStarters')}
      </Button>
    </Group>
  );
}

function useTemplateColumns(): DataColumn<TemplateRow>[] {
  const { t } = useTranslation('outreach');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(() => {
    const count = (
      id: 'sent' | 'queued' | 'refused' | 'replied' | 'bounced' | 'unsubscribed',
    ): DataColumn<TemplateRow> => ({
      id,
      header: t(`column.${id}`),
      width_px: 110,
      align: 'right',
      sortable: true,
      sortValue: (row) => row[id],
      cell: (row) => format.number(row[id]),
    });
    return [
      {
        id: 'name',
        header: t('column.name'),
        width_px: 340,
        sortable: true,
        sortValue: ({ name }) => name[language],
        cell: ({ kind, key, name, draft, version }) => (
          <Group gap={8} wrap="nowrap">
            <Anchor
              truncate
              renderRoot={(props) => <Link to="/outreach/$kind/$key" params={{ kind, key }} {...props} />}
            >
              {name[language]}
            </Anchor>
            {(draft || version === 0) && (
              <Badge size="sm" style={{ flexShrink: 0 }}>
                {t('draft')}
              </Badge>
            )}
          </Group>
        ),
      },
      {
        id: 'purpose',
        header: t('column.purpose'),
        width_px: 150,
        sortable: true,
        sortValue: ({ purpose }) => purpose,
        cell: ({ purpose }) => t(`purpose.${purpose}`),
      },
      count('sent'),
      count('queued'),
      count('refused'),
      count('replied'),
      count('bounced'),
      count('unsubscribed'),
    ];
  }, [t, language, format]);
}
