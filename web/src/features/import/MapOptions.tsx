import { Checkbox, Group, Radio, Select, Stack, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../lib/viewer';
import type { Import } from './imports';
import type { DateFormat, KnownAt, MappingDraft } from './mapping';

interface MapOptionsProps {
  record: Import;
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
}

/** How dates and sums are read, and since when the rows count as known. */
export function MapOptions({ record, draft, onChange }: MapOptionsProps) {
  const { t } = useTranslation('import');
  const { timeZone, workspaceTimeZone, reportingCurrency } = useViewer();
  const set = (change: Partial<MappingDraft>) => onChange({ ...draft, ...change });
  const hasTimes = record.columns.some(({ detected_type }) => detected_type === 'date_time');
  const isAmbiguous = record.columns.some(({ ambiguous_dates }) => ambiguous_dates);
  const hasMoney = record.fields.some(({ type }) => type === 'money');
  const zones = [...new Set([workspaceTimeZone, timeZone, draft.timeZone, 'UTC', 'Asia/Tokyo'])];
  return (
    <section>
      <Title order={2} mb={8}>
        {t('options.title')}
      </Title>
      <Stack gap="md">
        <Radio.Group
          label={t('options.knownAt')}
          description={t('options.knownAtHelp')}
          value={draft.knownAt}
          onChange={(value) => set({ knownAt: value as KnownAt })}
        >
          <Stack gap={6} mt={6}>
            <Radio value="happened" label={t('options.happened')} description={t('options.happenedHelp')} />
            <Radio value="now" label={t('options.now')} description={t('options.nowHelp')} />
          </Stack>
        </Radio.Group>
        <Group gap="md" align="flex-end">
          {hasMoney && (
            <TextInput
              label={t('options.currency')}
              w={160}
              maxLength={3}
              placeholder={reportingCurrency}
              value={draft.currency}
              onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
            />
          )}
          {hasTimes && (
            <Select
              label={t('options.timeZone')}
              w={200}
              allowDeselect={false}
              data={zones}
              value={draft.timeZone}
              onChange={(zone) => zone && set({ timeZone: zone })}
            />
          )}
          {isAmbiguous && (
            <Select
              label={t('options.dateFormat')}
              w={200}
              allowDeselect={false}
              placeholder={t('options.dateFormatChoose')}
              value={draft.dateFormat ?? null}
              onChange={(value) => value && set({ dateFormat: value as DateFormat })}
              data={[
                { value: 'm/d/y', label: t('dateFormat.monthFirst') },
                { value: 'd/m/y', label: t('dateFormat.dayFirst') },
              ]}
            />
          )}
        </Group>
        {record.kind === 'subscriptions' && (
          <Checkbox
            label={t('options.endKnown')}
            description={t('options.endKnownHelp')}
            checked={draft.endKnownWhenItComes}
            onChange={(event) => set({ endKnownWhenItComes: event.currentTarget.checked })}
          />
        )}
        {record.kind !== 'events' && (
          <Checkbox
            label={t('options.clearBlanks')}
            description={t('options.clearBlanksHelp')}
            checked={draft.clearBlanks}
            onChange={(event) => set({ clearBlanks: event.currentTarget.checked })}
          />
        )}
      </Stack>
    </section>
  );
}
