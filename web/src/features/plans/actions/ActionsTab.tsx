import { Button, Group, SegmentedControl, Switch, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFlag, IconListCheck, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { usePanel } from '../../../lib/use-panel';
import { useEditing } from '../editing';
import { zooms, type Zoom } from '../gantt/geometry';
import { Timeline } from '../gantt/Timeline';
import { panelAddress } from '../panel-address';
import { ActionTable } from './ActionTable';

interface View {
  view?: 'table';
  zoom?: Exclude<Zoom, 'months'>;
}

/** What both sides do until when: as a timeline in which bars can be moved, and as a table of the same. */
export function ActionsTab() {
  const { t } = useTranslation('plans');
  const { document, mayEdit } = useEditing();
  const { view, zoom } = useSearch({ strict: false }) as View;
  const navigate = useNavigate();
  const panel = usePanel();
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [follows, setFollows] = useState(true);
  const change = (next: View) =>
    void navigate({ to: '.', replace: true, search: (before: View) => ({ ...before, ...next }) } as never);
  const isTable = isPhone === true || view === 'table';
  const isEmpty = document.actions.length + document.milestones.length === 0;
  const add = mayEdit && (
    <Group gap={8}>
      <Button
        size="xs"
        variant={isEmpty ? 'filled' : 'default'}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => panel.open(panelAddress({ kind: 'action', key: '' }))}
      >
        {t('add.action')}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFlag size={14} aria-hidden />}
        onClick={() => panel.open(panelAddress({ kind: 'milestone', key: '' }))}
      >
        {t('add.milestone')}
      </Button>
    </Group>
  );
  if (isEmpty)
    return (
      <EmptyState icon={IconListCheck} title={t('actionsEmpty')} action={add}>
        {t('actionsEmptyHelp')}
      </EmptyState>
    );
  return (
    <>
      <Group justify="space-between" mb={10} gap={10}>
        {add || <span />}
        <Group gap={12}>
          {!isTable && mayEdit && (
            <Switch
              size="xs"
              label={t('timeline.follow')}
              checked={follows}
              onChange={(event) => setFollows(event.currentTarget.checked)}
            />
          )}
          {!isTable && (
            <SegmentedControl
              size="xs"
              aria-label={t('timeline.zoom')}
              data={zooms.map((each) => ({ value: each, label: t(`timeline.${each}`) }))}
              value={zoom ?? 'months'}
              onChange={(next) => change({ zoom: next === 'weeks' || next === 'quarters' ? next : undefined })}
            />
          )}
          {!isPhone && (
            <SegmentedControl
              size="xs"
              aria-label={t('timeline.view')}
              data={[
                { value: 'timeline', label: t('timeline.timeline') },
                { value: 'table', label: t('timeline.table') },
              ]}
              value={view ?? 'timeline'}
              onChange={(next) => change({ view: next === 'table' ? 'table' : undefined })}
            />
          )}
        </Group>
      </Group>
      {isTable ? <ActionTable /> : <Timeline key={zoom} zoom={zoom ?? 'months'} follows={follows} />}
      {!isTable && mayEdit && (
        <Text fz="xs" c="dimmed" mt={8}>
          {t('timeline.keys')}
        </Text>
      )}
    </>
  );
}
