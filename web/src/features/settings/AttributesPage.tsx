import { Badge, Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SidePanel } from '../../components/SidePanel';
import type { Sort } from '../../lib/search-params';
import { usePanel } from '../../lib/use-panel';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { AttributePanel } from './AttributePanel';
import { attributesQuery, type Attribute } from './attributes';

/** No key begins with a sign, so this can never be one. */
const newPanel = '+new';

/** Settings › Attributes: what this company notes about its customers beyond the standard fields. */
export function AttributesPage() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const format = useFormat();
  const mayDefine = useMayDefine();
  const attributes = useQuery(attributesQuery);
  const panel = usePanel();
  const [sort, setSort] = useState<Sort>({ column: 'name', direction: 'asc' });
  const columns = useMemo(
    (): DataColumn<Attribute>[] => [
      {
        id: 'name',
        header: t('attribute.name'),
        cell: ({ name, managed_by }) => (
          <Group gap={8} wrap="nowrap">
            <span title={name[language]}>{name[language]}</span>
            {managed_by && (
              <Badge size="sm" variant="default" title={t('attribute.managedHelp')}>
                {t('attribute.managed')}
              </Badge>
            )}
          </Group>
        ),
        width_px: 260,
        sortable: true,
        sortValue: ({ name }) => name[language],
      },
      { id: 'key', header: t('attribute.key'), cell: ({ key }) => <code>{key}</code>, width_px: 220 },
      {
        id: 'type',
        header: t('attribute.type'),
        cell: ({ type }) => t(`attributeType.${type}`),
        width_px: 130,
        sortable: true,
        sortValue: ({ type }) => type,
      },
      {
        id: 'choices',
        header: t('attribute.choices'),
        cell: ({ choices }) => {
          const text = choices.map(({ value, label }) => label[language] || value).join(' / ');
          return <span title={text}>{text}</span>;
        },
        width_px: 260,
      },
      {
        id: 'used_by',
        header: t('attribute.usedBy'),
        cell: ({ used_by }) => format.number(used_by),
        align: 'right',
        width_px: 120,
        sortable: true,
        sortValue: ({ used_by }) => used_by,
      },
    ],
    [t, language, format],
  );
  const items = attributes.data;
  const add = mayDefine && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => panel.open(newPanel)}>
      {t('attributes.new')}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader title={t('attributes.title')} subtitle={t('attributes.intro')} actions={add} />
      {attributes.isError && <ErrorState error={attributes.error} onRetry={() => void attributes.refetch()} />}
      {items?.length === 0 && (
        <EmptyState title={t('attributes.empty')} action={add}>
          {t('attributes.emptyHelp')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <DataTable
          id="attributes"
          label={t('attributes.title')}
          columns={columns}
          source={{ rows: items }}
          rowId={({ key }) => key}
          rowLabel={({ name }) => name[language]}
          sort={sort}
          onSortChange={setSort}
          onOpen={({ key }) => panel.open(key)}
          openId={panel.id}
        />
      )}
      <SidePanel
        title={(id) =>
          id === newPanel ? t('attributes.new') : (items?.find(({ key }) => key === id)?.name[language] ?? id)
        }
      >
        {(id) => {
          const attribute = items?.find(({ key }) => key === id);
          if (!attribute && id !== newPanel) return null;
          return <AttributePanel key={id} attribute={attribute} onDone={panel.close} />;
        }}
      </SidePanel>
    </Page>
  );
}
