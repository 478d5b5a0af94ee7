import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import type { Import } from './imports';
import { fieldsFilled, withExtra, withoutExtra, type Extra, type MappingDraft } from './mapping';

interface ExtrasProps {
  record: Import;
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
}

/** Fields that no column fills by itself: the same value in all rows, or a column that is used twice. */
export function Extras({ record, draft, onChange }: ExtrasProps) {
  const { t } = useTranslation('import');
  const filled = fieldsFilled(draft);
  const free = record.fields.filter(({ key }) => !filled.has(key) && !draft.extras.some(({ field }) => field === key));
  const add = () => {
    const field = free.find(({ required }) => required) ?? free[0];
    if (field) onChange(withExtra(draft, { field: field.key, from: 'constant', value: field.choices[0] ?? '' }));
  };
  return (
    <section>
      <Title order={2}>{t('extras.title')}</Title>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('extras.help')}
      </Text>
      <Stack gap={8}>
        {draft.extras.map((extra) => (
          <ExtraRow
            key={extra.field}
            extra={extra}
            free={free.map(({ key }) => key)}
            {...{ record, draft, onChange }}
          />
        ))}
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            disabled={free.length === 0}
            onClick={add}
          >
            {t('extras.add')}
          </Button>
        </div>
      </Stack>
    </section>
  );
}

function ExtraRow({ extra, free, record, draft, onChange }: ExtrasProps & { extra: Extra; free: string[] }) {
  const { t } = useTranslation('import');
  const language = useLanguage();
  const field = record.fields.find(({ key }) => key === extra.field);
  const change = (next: Extra) => onChange(withExtra(withoutExtra(draft, extra.field), next));
  const name = field?.name[language] ?? extra.field;
  return (
    <Group gap={8} align="center">
      <Select
        size="xs"
        w={220}
        searchable
        allowDeselect={false}
        aria-label={t('extras.field')}
        value={extra.field}
        data={record.fields
          .filter(({ key }) => key === extra.field || free.includes(key))
          .map((item) => ({ value: item.key, label: item.name[language] }))}
        onChange={(key) => key && change({ ...extra, field: key })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('extras.from')}
        value={extra.from}
        onChange={(from) => change({ ...extra, from: from as Extra['from'], value: '' })}
        data={[
          { value: 'constant', label: t('extras.constant') },
          { value: 'column', label: t('extras.column') },
        ]}
      />
      {extra.from === 'column' || (field && field.choices.length > 0) ? (
        <Select
          size="xs"
          w={220}
          allowDeselect={false}
          aria-label={t('extras.value', { field: name })}
          value={extra.value === '' ? null : extra.value}
          data={extra.from === 'column' ? record.columns.map(({ heading }) => heading) : (field?.choices ?? [])}
          onChange={(value) => value && change({ ...extra, value })}
        />
      ) : (
        <TextInput
          size="xs"
          w={220}
          aria-label={t('extras.value', { field: name })}
          value={extra.value}
          onChange={(event) => change({ ...extra, value: event.currentTarget.value })}
        />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('extras.remove', { field: name })}
        onClick={() => onChange(withoutExtra(draft, extra.field))}
      >
        <IconX size={16} />
      </ActionIcon>
    </Group>
  );
}
