import {
  ActionIcon,
  Button,
  Checkbox,
  Divider,
  Group,
  Popover,
  ScrollArea,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
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

/** From so many columns on a search helps more than a long list. */
const searchFrom = 12;

/** Which columns, in which order. The first one names the row and stays. */
export function ColumnChooser<Row>(props: ColumnChooserProps<Row>) {
  const { t } = useTranslation('common');
  return (
    <Popover position="bottom-end" width={320} withinPortal trapFocus hideDetached={false}>
      <Popover.Target>
        <Tooltip label={t('table.columns')}>
          <ActionIcon variant="default" size={30} aria-label={t('table.columns')}>
            <IconColumns3 size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('table.columns')}>
        <Choice {...props} />
        <Button variant="subtle" size="compact-sm" color="gray" mt={8} onClick={props.onReset}>
          {t('table.resetColumns')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice<Row>({ columns, visibility, order, onVisible, onMove }: ColumnChooserProps<Row>) {
  const { t } = useTranslation('common');
  const [query, setQuery] = useState('');
  const byId = new Map(columns.map((column) => [column.id, column]));
  const rest = order.slice(1).map((id) => byId.get(id)!);
  const wanted = query.normalize('NFKC').toLowerCase().trim();
  const matches = ({ header }: DataColumn<Row>) => header.normalize('NFKC').toLowerCase().includes(wanted);
  const shown = rest.filter(({ id }) => visibility[id] ?? true);
  const hidden = rest.filter((column) => !shown.includes(column) && matches(column));
  const groups = [...Map.groupBy(hidden, ({ group = '' }) => group)];
  return (
    <ScrollArea.Autosize mah={440} type="auto" offsetScrollbars>
      <Stack gap={2}>
        {shown.map((column, index) => (
          <Group key={column.id} gap={4} justify="space-between" wrap="nowrap">
            <Checkbox size="xs" label={column.header} checked onChange={() => onVisible(column.id, false)} />
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
                disabled={index === shown.length - 1}
                onClick={() => onMove(column.id, 1)}
                aria-label={t('table.moveDown', { column: column.header })}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
            </Group>
          </Group>
        ))}
        {(hidden.length > 0 || wanted !== '') && <Divider my={6} />}
        {columns.length > searchFrom && (
          <TextInput
            size="xs"
            mb={4}
            leftSection={<IconSearch size={14} stroke={1.6} />}
            placeholder={t('table.findColumn')}
            aria-label={t('table.findColumn')}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        )}
        {groups.map(([group, members]) => (
          <Stack key={group} gap={6} py={4} role="group" aria-label={group || undefined}>
            {group && (
              <Text fz="xs" c="dimmed" fw={550}>
                {group}
              </Text>
            )}
            {members.map((column) => (
              <Checkbox
                key={column.id}
                size="xs"
                label={column.header}
                checked={false}
                onChange={() => onVisible(column.id, true)}
              />
            ))}
          </Stack>
        ))}
      </Stack>
    </ScrollArea.Autosize>
  );
}
