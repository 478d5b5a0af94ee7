import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { kindGroups, kindIcons } from '../kinds';
import type { StepKind } from '../playbook';

interface AddStepProps {
  onAdd: (kind: StepKind) => void;
  /** The words on the way that it is put on. */
  after?: string;
  /** A small button on an arrow. */
  compact?: boolean;
}

/** Which kind of step to put here. */
export function AddStep({ onAdd, after, compact = false }: AddStepProps) {
  const { t } = useTranslation('playbooks');
  const label = after ? t('add.on', { way: after }) : t('add.here');
  return (
    <Menu position="bottom" withinPortal width={230}>
      <Menu.Target>
        {compact ? (
          <ActionIcon variant="default" size={20} radius="xl" aria-label={label} className="nodrag nopan">
            <IconPlus size={12} stroke={2} />
          </ActionIcon>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={13} aria-hidden />}
            aria-label={label}
          >
            {t('add.step')}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown mah={380} style={{ overflowY: 'auto' }}>
        {Object.entries(kindGroups).map(([group, kinds]) => (
          <div key={group} role="group">
            <Menu.Label>{t(`kindGroup.${group}` as 'kindGroup.people')}</Menu.Label>
            {kinds.map((kind) => {
              const Icon = kindIcons[kind];
              return (
                <Menu.Item
                  key={kind}
                  leftSection={<Icon size={15} stroke={1.6} aria-hidden />}
                  onClick={() => onAdd(kind)}
                >
                  {t(`kind.${kind}`)}
                </Menu.Item>
              );
            })}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
