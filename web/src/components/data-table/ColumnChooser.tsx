import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DataColumn } from './types';

interface ColumnChooserProps<Row> {
  columns: readonly DataColumn<Row>[];
  visibility: Record<string, boolean>;
  order: readonly string[];
  onVisible: (id: string, visible: boolean) => void;
  onMove: (id: string, by: -1 | 1) => void;
  onReset: () => void;
}

/** Which columns, in which order. The first one names the row and stays. */
export function ColumnChooser<Row>({
  columns,
  visibility,
  order,
  onVisible,
  onMove,
  onReset,
}: ColumnChooserProps<Row>) {
  const { t } = useTranslation('common');
  const rest = order.slice(1).map((id) => columns.find((column) => column.id === id)!);
  return (
    <Popover position="bottom-end" width={300} withinPortal trapFocus>
      <Popover.Target>
        <Tooltip label={t('table.columns')}>
          <ActionIcon variant="default" size={30} aria-label={t('table.columns')}>
            <IconColumns3 size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <ScrollArea.Autosize mah={360}>
          <Stack gap={2}>
            {rest.map((column, index) => (
              <Group key={column.id} gap={4} justify="space-between" wrap="nowrap">
                <Checkbox
                  size="xs"
                  label={column.header}
                  checked={visibility[column.id] ?? true}
                  onChange={(event) => onVisible(column.id, event.currentTarget.checked)}
                />
                <Group gap={0} wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={24}
                    disabled={index === 0}
                    onClick={() => onMove(column.id, -1)}
                    aria-label={t('table.moveUp', { column: column.header })}
                  >
                    <IconArrowUp size={14} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={24}
                    disabled={index === rest.length - 1}
                    onClick={() => onMove(column.id, 1)}
                    aria-label={t('table.moveDown', { column: column.header })}
                  >
                    <IconArrowDown size={14} />
                  </ActionIcon>
                </Group>
              </Group>
            ))}
          </Stack>
        </ScrollArea.Autosize>
        <Button variant="subtle" size="compact-sm" color="gray" mt={8} onClick={onReset}>
          {t('table.resetColumns')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
