import { ActionIcon, Group, Menu, Skeleton, Table, Tooltip } from '@mantine/core';
import { IconChartLine, IconDownload, IconTable } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Chart.module.css';
import { download, toCsv, type CsvCell } from './csv';
import type { ChartCanvasHandle, ChartOption, ChartPick } from './ChartCanvas';
import type { ChartTokens } from './tokens';

const ChartCanvas = lazy(() => import('./ChartCanvas'));

export interface ChartTable {
  columns: { header: string; align?: 'left' | 'right'; format?: (cell: CsvCell) => string }[];
  rows: readonly (readonly CsvCell[])[];
}

export interface ChartProps {
  /** What the chart shows, in a sentence: the name for screen readers. */
  label: string;
  /** The ECharts option, made from our colours. Bars start at zero; label directly rather than with a legend. */
  option: (tokens: ChartTokens) => ChartOption;
  /** The same figures as a table: shown instead of the chart on request, and exported as CSV. */
  table: ChartTable;
  /** Without an ending. */
  fileName: string;
  height_px?: number;
  /** A click on a point or bar walks down. */
  onPick?: (pick: ChartPick) => void;
  /** The points of the first series, each with its figure: lets the keyboard pick them too. */
  choices?: readonly string[];
  /** Beside the buttons: a title, a switch of period. */
  header?: React.ReactNode;
}

/** A chart with its table behind it and its exports. */
export function Chart({ label, option, table, fileName, height_px = 240, onPick, choices, header }: ChartProps) {
  const { t } = useTranslation('common');
  const [asTable, setAsTable] = useState(false);
  const canvas = useRef<ChartCanvasHandle>(null);
  const saveCsv = () => {
    const csv = toCsv([table.columns.map((column) => column.header), ...table.rows]);
    download(new Blob([csv], { type: 'text/csv;charset=utf-8' }), `${fileName}.csv`);
  };
  const savePicture = async (kind: 'png' | 'svg') => {
    const picture = await canvas.current?.picture(kind);
    if (picture) download(picture, `${fileName}.${kind}`);
  };
  const switchLabel = t(asTable ? 'chart.chart' : 'chart.table');
  const Switch = asTable ? IconChartLine : IconTable;
  return (
    <figure className={classes.figure} aria-label={label}>
      <Group justify="space-between" wrap="nowrap" gap={8} mb={4}>
        <div className={classes.header}>{header}</div>
        <Group gap={2} wrap="nowrap" className={classes.tools}>
          <Tooltip label={switchLabel}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={switchLabel}
              aria-pressed={asTable}
              onClick={() => setAsTable((now) => !now)}
            >
              <Switch size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Menu>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size={26} aria-label={t('chart.export')}>
                <IconDownload size={16} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={saveCsv}>{t('chart.csv')}</Menu.Item>
              <Menu.Item disabled={asTable} onClick={() => void savePicture('png')}>
                {t('chart.png')}
              </Menu.Item>
              <Menu.Item disabled={asTable} onClick={() => void savePicture('svg')}>
                {t('chart.svg')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {asTable ? (
        <BehindTable table={table} label={label} maxHeight_px={Math.max(height_px, 160)} />
      ) : (
        <Suspense fallback={<Skeleton height={height_px} role="progressbar" aria-label={t('chart.loading')} />}>
          <ChartCanvas
            ref={canvas}
            label={label}
            option={option}
            height_px={height_px}
            onPick={onPick}
            choices={choices}
          />
        </Suspense>
      )}
    </figure>
  );
}

function BehindTable({ table, label, maxHeight_px }: { table: ChartTable; label: string; maxHeight_px: number }) {
  const text = (cell: CsvCell, column: number) =>
    table.columns[column]?.format?.(cell) ?? (cell == null ? '–' : String(cell));
  return (
    <Table.ScrollContainer minWidth={0} mah={maxHeight_px}>
      <Table stickyHeader aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {table.columns.map(({ header, align }) => (
              <Table.Th key={header} ta={align}>
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.map((row, index) => (
            <Table.Tr key={index}>
              {row.map((cell, column) => (
                <Table.Td key={column} ta={table.columns[column]?.align}>
                  {text(cell, column)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
