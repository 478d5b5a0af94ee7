import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { download, toCsv, type CsvCell } from '../../components/chart/csv';
import classes from './Proof.module.css';

interface TableFrameProps {
  label: string;
  note?: string;
  fileName: string;
  headers: readonly string[];
  csv: readonly (readonly CsvCell[])[];
  /** The rows. */
  children: ReactNode;
}

/** A small table with its file: the first column is text, the others are figures. */
export function TableFrame({ label, note, fileName, headers, csv, children }: TableFrameProps) {
  const { t } = useTranslation('proof');
  const save = () =>
    download(new Blob([toCsv([headers, ...csv])], { type: 'text/csv;charset=utf-8' }), `${fileName}.csv`);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap={8}>
        <Text fz="xs" c="dimmed" className="phrases">
          {note}
        </Text>
        <Tooltip label={t('saveCsv')}>
          <ActionIcon variant="subtle" color="gray" size={26} aria-label={`${label}: ${t('saveCsv')}`} onClick={save}>
            <IconDownload size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
        <table className={classes.plain}>
          <thead>
            <tr>
              {headers.map((header, index) => (
                <th key={header} data-right={index > 0 || undefined}>
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </div>
  );
}
