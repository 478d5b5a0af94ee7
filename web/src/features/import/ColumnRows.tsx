import { Badge, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import classes from './Import.module.css';
import type { Import, ImportColumn } from './imports';
import { withTarget, type MappingDraft, type Target } from './mapping';

interface ColumnRowsProps {
  record: Import;
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
}

const nowhere = '-';
const attribute = '+';

function valueOf(target: Target): string {
  if (target.to === 'field') return `field:${target.field}`;
  return target.to === 'attribute' ? attribute : nowhere;
}

function targetOf(value: string): Target {
  if (value === attribute) return { to: 'attribute' };
  return value === nowhere ? { to: 'nothing' } : { to: 'field', field: value.slice('field:'.length) };
}

/** Every column of the file with samples of what is in it, and where it goes. */
export function ColumnRows({ record, draft, onChange }: ColumnRowsProps) {
  const { t } = useTranslation('import');
  const language = useLanguage();
  const others = [
    { value: nowhere, label: t('map.ignore') },
    ...(record.kind === 'accounts' ? [{ value: attribute, label: t('map.attribute') }] : []),
  ];
  const data = [
    { group: t('map.other'), items: others },
    {
      group: t(`kind.${record.kind}`),
      items: record.fields.map(({ key, name, required }) => ({
        value: `field:${key}`,
        label: required ? `${name[language]} *` : name[language],
      })),
    },
  ];
  return (
    <div className={classes.columns}>
      <div className={classes.column} data-head aria-hidden>
        <span>{t('map.column')}</span>
        <span>{t('map.samples')}</span>
        <span>{t('map.target')}</span>
        <span>{t('map.how')}</span>
      </div>
      {record.columns.map((column) => {
        const target = draft.targets[column.index] ?? { to: 'nothing' };
        return (
          <div key={column.index} className={classes.column}>
            <ColumnHead column={column} rows={record.rows_looked_at} />
            <Samples column={column} />
            <Select
              size="xs"
              searchable
              allowDeselect={false}
              aria-label={t('map.targetOf', { column: column.heading })}
              data={data}
              value={valueOf(target)}
              onChange={(value) => value !== null && onChange(withTarget(draft, column.index, targetOf(value)))}
              maxDropdownHeight={320}
            />
            <How column={column} target={target} />
          </div>
        );
      })}
    </div>
  );
}

function ColumnHead({ column, rows }: { column: ImportColumn; rows: number }) {
  const { t } = useTranslation('import');
  const format = useFormat();
  const blank = rows > 0 ? column.blank / rows : 0;
  return (
    <div style={{ minWidth: 0 }}>
      <Text fz="sm" fw={600} className={classes.clip} title={column.heading}>
        {column.heading}
      </Text>
      <Text fz="xs" c="dimmed">
        {t(`type.${column.detected_type}`)}
        {column.blank > 0 && ` · ${t('map.blank', { share: format.percent(blank, blank < 0.01 ? 1 : 0) })}`}
      </Text>
    </div>
  );
}

function Samples({ column }: { column: ImportColumn }) {
  const { t } = useTranslation('import');
  const text = column.samples.join(' / ');
  return (
    <Text fz="sm" c="dimmed" className={classes.clip} title={text}>
      {text || t('map.nothingInIt')}
    </Text>
  );
}

/** Guessed, and how surely, or chosen by hand. */
function How({ column, target }: { column: ImportColumn; target: Target }) {
  const { t } = useTranslation('import');
  const format = useFormat();
  if (target.to === 'attribute') return <Badge>{t('map.newAttribute')}</Badge>;
  if (target.to === 'nothing') {
    return (
      <Text fz="xs" c="dimmed">
        {t('map.ignored')}
      </Text>
    );
  }
  const isGuessed = column.guess?.field === target.field;
  return (
    <Text fz="xs" c="dimmed" className="tabular">
      {isGuessed ? t('map.guessed', { confidence: format.percent(column.guess?.confidence, 0) }) : t('map.chosen')}
    </Text>
  );
}
