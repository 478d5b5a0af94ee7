import { ActionIcon, Popover, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The small "i" that says what a figure or a setting means. Opens by click, touch and keyboard. */
export function InfoTip({ about, children }: { about: string; children: ReactNode }) {
  const { t } = useTranslation('common');
  return (
    <Popover width={300} position="bottom-start" withinPortal>
      <Popover.Target>
        <ActionIcon variant="transparent" size={18} color="gray" aria-label={t('infoAbout', { about })}>
          <IconInfoCircle size={15} stroke={1.6} color="var(--mantine-color-dimmed)" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fz="sm" component="div">
          {children}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
