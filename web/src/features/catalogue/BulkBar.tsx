import { Autocomplete, Button, Group, Menu, Popover, Stack } from '@mantine/core';
import { IconChevronDown, IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feature } from '../../api/features';
import { useFormat } from '../../lib/viewer';
import { inverseOf, useCatalogueDeeds, type FeatureChange } from './catalogue';
import { GroupDialog } from './GroupDialog';

interface BulkBarProps {
  /** What is selected. */
  features: readonly Feature[];
  modules: readonly string[];
  onDone: () => void;
}

/** What can be done with several features at once; every deed can be undone. */
export function BulkBar({ features, modules, onDone }: BulkBarProps) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const { apply } = useCatalogueDeeds();
  const [isGrouping, setGrouping] = useState(false);
  const setAll = (change: FeatureChange, words: string) => {
    const forth = features.map(({ id }) => ({ id, change }));
    apply(
      forth,
      features.map((feature) => inverseOf(feature, { id: feature.id, change })),
      words,
    );
    onDone();
  };
  const counted = { count: features.length, formatted: format.number(features.length) };
  return (
    <Group gap={8}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconStack2 size={14} />}
        disabled={features.length < 2}
        onClick={() => setGrouping(true)}
      >
        {t('bulk.group')}
      </Button>
      <ModuleButton
        modules={modules}
        onChoose={(module) => setAll({ module }, t('bulk.moduleSet', { ...counted, module: module || '–' }))}
      />
      <Menu position="top-start">
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('column.mark')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAll({ is_active: true, ignored: false }, t('bulk.markedActive', counted))}>
            {t('bulk.markActive')}
          </Menu.Item>
          <Menu.Item onClick={() => setAll({ is_active: false, ignored: false }, t('bulk.markedPassive', counted))}>
            {t('bulk.markPassive')}
          </Menu.Item>
          <Menu.Item onClick={() => setAll({ ignored: true }, t('bulk.ignored', counted))}>
            {t('bulk.ignore')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isGrouping && (
        <GroupDialog
          features={features}
          onClose={() => setGrouping(false)}
          onDone={() => {
            setGrouping(false);
            onDone();
          }}
        />
      )}
    </Group>
  );
}

function ModuleButton({ modules, onChoose }: { modules: readonly string[]; onChoose: (module: string) => void }) {
  const { t } = useTranslation('catalogue');
  const [isOpen, setOpen] = useState(false);
  const [module, setModule] = useState('');
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" width={260} trapFocus withinPortal>
      <Popover.Target>
        <Button size="compact-sm" variant="default" onClick={() => setOpen((now) => !now)}>
          {t('column.module')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setOpen(false);
            onChoose(module.trim());
          }}
        >
          <Stack gap={8}>
            <Autocomplete
              size="xs"
              label={t('column.module')}
              description={t('panel.moduleHelp')}
              data-autofocus
              data={[...modules]}
              value={module}
              onChange={setModule}
              maxLength={200}
              comboboxProps={{ withinPortal: false }}
            />
            <Group justify="flex-end">
              <Button size="xs" type="submit">
                {t('bulk.setModule')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
