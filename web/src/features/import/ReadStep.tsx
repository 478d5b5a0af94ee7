import { Alert, Button, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { showProblem } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat } from '../../lib/viewer';
import classes from './Import.module.css';
import { useSaveMapping, type Import, type ReadOptions } from './imports';
import { Preview } from './Preview';

const encodings = ['utf-8', 'cp932', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
const delimiters = [
  { value: ',', label: 'comma' },
  { value: '\t', label: 'tab' },
  { value: ';', label: 'semicolon' },
  { value: '|', label: 'bar' },
] as const;

interface ReadStepProps {
  record: Import;
  onReadAnew: (record: Import) => void;
}

/** What was detected in the file, to be corrected where it is wrong, and its first rows. */
export function ReadStep({ record, onReadAnew }: ReadStepProps) {
  const { t } = useTranslation('import');
  const format = useFormat();
  const save = useSaveMapping(record.id);
  const read = (change: ReadOptions) => {
    const now: ReadOptions =
      record.format === 'workbook'
        ? { sheet: record.sheet, header: record.header }
        : { encoding: record.encoding, delimiter: record.delimiter, header: record.header };
    carryOut(save, { file: { ...now, ...change } }, { onSuccess: onReadAnew, onError: showProblem });
  };
  const fault = faultOf(record);
  return (
    <Stack gap="md">
      <Group gap="md" align="flex-end">
        {record.format === 'delimited' && (
          <>
            <Select
              label={t('read.encoding')}
              w={200}
              allowDeselect={false}
              disabled={save.isPending}
              value={record.encoding}
              onChange={(encoding) => encoding && read({ encoding })}
              data={encodings.map((value) => ({ value, label: t(`encoding.${value}`) }))}
            />
            <Select
              label={t('read.delimiter')}
              w={160}
              allowDeselect={false}
              disabled={save.isPending}
              value={record.delimiter}
              onChange={(delimiter) => delimiter && read({ delimiter })}
              data={delimiters.map(({ value, label }) => ({ value, label: t(`delimiter.${label}`) }))}
            />
          </>
        )}
        {record.format === 'workbook' && (
          <Select
            label={t('read.sheet')}
            w={220}
            allowDeselect={false}
            disabled={save.isPending}
            value={record.sheet}
            onChange={(sheet) => sheet && read({ sheet })}
            data={record.sheets}
          />
        )}
        {record.format !== 'json_lines' && (
          <Switch
            mb={8}
            label={t('read.header')}
            checked={record.header}
            disabled={save.isPending}
            onChange={(event) => read({ header: event.currentTarget.checked })}
          />
        )}
      </Group>
      {fault && (
        <Alert variant="default" role="alert" title={t(`fault.${fault}`)}>
          {t(`faultHelp.${fault}`)}
        </Alert>
      )}
      <div>
        <Text fz="sm" c="dimmed" mb={6}>
          {t('read.shape', {
            columns: format.number(record.columns.length),
            rows: format.number(record.rows_looked_at),
            shown: format.number(record.preview.length),
          })}
        </Text>
        <Preview record={record} />
      </div>
      <div className={classes.footer}>
        <Button variant="default" component={Link} to="/import/new">
          {t('new.otherFile')}
        </Button>
        <Button
          component={Link}
          to={`/import/${record.id}?step=map`}
          disabled={fault === 'noRows'}
          data-disabled={fault === 'noRows' || undefined}
        >
          {t('read.next')}
        </Button>
      </div>
    </Stack>
  );
}

const unreadable = /[\uFFFD\u0000-\u0008\u000E-\u001F]/; // eslint-disable-line no-control-regex

/** What makes a file look as if it was read wrongly. */
function faultOf({ columns, preview, rows_looked_at }: Import): 'noRows' | 'unreadable' | 'oneColumn' | null {
  const texts = [...columns.map(({ heading }) => heading), ...preview.slice(0, 20).flat()];
  if (texts.some((text) => unreadable.test(text))) return 'unreadable';
  if (rows_looked_at === 0) return 'noRows';
  return columns.length === 1 ? 'oneColumn' : null;
}
