import { Autocomplete, Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../components/toast';
import { useFormat } from '../../lib/viewer';
import { useChangeFeature, type Feature } from './features';
import { useMayDefine } from './use-role';

/** One entry of the catalogue: its names, its module, and whether it counts. */
export function FeaturePanel({ feature, all }: { feature: Feature; all: readonly Feature[] }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const mayDefine = useMayDefine();
  const change = useChangeFeature();
  const [name, setName] = useState(feature.name);
  const [module, setModule] = useState(feature.module);
  const modules = [...new Set(all.map((each) => each.module).filter(Boolean))].sort();
  const isChanged = name.ja !== feature.name.ja || name.en !== feature.name.en || module !== feature.module;
  const apply = (next: Parameters<typeof change.mutate>[0]['change']) =>
    change.mutate(
      { id: feature.id, change: next },
      { onSuccess: () => showToast(t('feature.saved')), onError: showProblem },
    );
  return (
    <Stack gap="md">
      <div>
        <Text fz="sm" c="dimmed">
          {t('feature.eventNames')}
        </Text>
        {feature.types.map(({ kind, name: event }) => (
          <Text key={kind + event} fz="sm">
            <code>{event}</code> ({kind})
          </Text>
        ))}
        <Text fz="sm" c="dimmed" mt={4}>
          {t('feature.volume', { events: format.number(feature.events) })}
        </Text>
      </div>
      <TextInput
        label={t('name.ja')}
        disabled={!mayDefine}
        value={name.ja}
        onChange={(event) => setName({ ...name, ja: event.currentTarget.value })}
      />
      <TextInput
        label={t('name.en')}
        disabled={!mayDefine}
        value={name.en}
        onChange={(event) => setName({ ...name, en: event.currentTarget.value })}
      />
      <Autocomplete
        label={t('feature.module')}
        description={t('feature.moduleHelp')}
        disabled={!mayDefine}
        data={modules}
        value={module}
        onChange={setModule}
      />
      {mayDefine && (
        <Group justify="flex-end">
          <Button
            disabled={!isChanged}
            loading={change.isPending}
            onClick={() => apply({ name, module: module.trim() })}
          >
            {t('common:save')}
          </Button>
        </Group>
      )}
      <Switch
        label={t('feature.activeSwitch')}
        description={t('feature.activeHelp')}
        disabled={!mayDefine || feature.ignored}
        checked={feature.is_active}
        onChange={(event) => apply({ is_active: event.currentTarget.checked })}
      />
      <Switch
        label={t('feature.ignoreSwitch')}
        description={t('feature.ignoreHelp')}
        disabled={!mayDefine}
        checked={feature.ignored}
        onChange={(event) => apply({ ignored: event.currentTarget.checked })}
      />
    </Stack>
  );
}
