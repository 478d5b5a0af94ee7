import { ActionIcon } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconEyeOff, IconPencil } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feature } from '../../api/features';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { useFormat, useLanguage } from '../../lib/viewer';
import classes from './Catalogue.module.css';
import { markOf } from './catalogue';
import { RenameInPlace } from './RenameInPlace';
import type { Mark } from './search';

const markIcons = { active: IconCircleCheck, passive: IconCircleDashed, ignored: IconEyeOff };

/** Whether using it counts, by icon and word. */
export function MarkBadge({ mark }: { mark: Mark }) {
  const { t } = useTranslation('catalogue');
  const Icon = markIcons[mark];
  return (
    <span className={classes.mark} data-mark={mark}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {t(`mark.${mark}`)}
    </span>
  );
}

export function useCatalogueColumns(
  mayChange: boolean,
  renaming: number | null,
  onRename: (id: number | null) => void,
): DataColumn<Feature>[] {
  const { t } = useTranslation('catalogue');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width_px: 260,
        sortable: true,
        sortValue: (feature) => feature.name[language] || feature.key,
        cell: (feature) => (
          <NameCell feature={feature} mayChange={mayChange} isRenaming={renaming === feature.id} onRename={onRename} />
        ),
      },
      {
        id: 'module',
        header: t('column.module'),
        width_px: 140,
        sortable: true,
        sortValue: ({ module }) => module || null,
        cell: ({ module }) => <span title={module}>{module || '–'}</span>,
      },
      {
        id: 'types',
        header: t('column.types'),
        width_px: 240,
        cell: ({ types }) => {
          const text = types.map(({ name, kind }) => name || kind).join(', ');
          return (
            <span className={classes.types} title={text}>
              {types.length > 1 && <b>{t('typeCount', { count: types.length })}</b>}
              <code>{text}</code>
            </span>
          );
        },
      },
      {
        id: 'events',
        header: t('column.events'),
        align: 'right',
        width_px: 120,
        sortable: true,
        sortValue: ({ events }) => events,
        cell: ({ events }) => format.number(events),
      },
      {
        id: 'first',
        header: t('column.first'),
        width_px: 110,
        sortable: true,
        sortValue: ({ first_at }) => first_at,
        cell: ({ first_at }) => <DateText value={first_at} />,
      },
      {
        id: 'last',
        header: t('column.last'),
        width_px: 110,
        sortable: true,
        sortValue: ({ last_at }) => last_at,
        cell: ({ last_at }) => <DateText value={last_at} />,
      },
      {
        id: 'mark',
        header: t('column.mark'),
        description: t('column.markHelp'),
        width_px: 140,
        cell: (feature) => <MarkBadge mark={markOf(feature)} />,
      },
    ],
    [t, language, format, mayChange, renaming, onRename],
  );
}

interface NameCellProps {
  feature: Feature;
  mayChange: boolean;
  isRenaming: boolean;
  onRename: (id: number | null) => void;
}

function NameCell({ feature, mayChange, isRenaming, onRename }: NameCellProps) {
  const { t } = useTranslation('catalogue');
  const language = useLanguage();
  const name = feature.name[language] || feature.key;
  const other = feature.name[language === 'ja' ? 'en' : 'ja'];
  if (!mayChange) return <span title={other}>{name}</span>;
  return (
    <span className={classes.name}>
      <span className={classes.nameText} title={other}>
        {name}
      </span>
      <RenameInPlace feature={feature} isOpen={isRenaming} onClose={() => onRename(null)}>
        <ActionIcon
          className={classes.pencil}
          variant="subtle"
          color="gray"
          size={22}
          title={`${t('rename.label')} (e)`}
          aria-label={t('rename.of', { name })}
          onClick={() => onRename(isRenaming ? null : feature.id)}
        >
          <IconPencil size={14} stroke={1.6} />
        </ActionIcon>
      </RenameInPlace>
    </span>
  );
}
