import {
  ActionIcon,
  Menu,
  SegmentedControl,
  Text,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import { IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { showProblem } from '../../components/toast';
import { LanguageSwitch } from '../../features/identity/LanguageSwitch';
import { useLogOut } from '../../features/identity/session';
import { usePreferences } from '../../features/identity/preferences';
import { carryOut } from '../../lib/carry-out';
import { useViewer } from '../../lib/viewer';
import classes from './Shell.module.css';
import { openShortcuts } from './ShortcutsOverlay';

/** 山田 花子 → 山; Ann Lee → AL: a Japanese name is known by its first sign. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.charAt(0) ?? '';
  return /[\u3000-\u9fff]/.test(first)
    ? first
    : (first + (words.length > 1 ? words.at(-1)!.charAt(0) : '')).toUpperCase();
}

export function UserMenu() {
  const { t } = useTranslation('app');
  const viewer = useViewer();
  const router = useRouter();
  const logOut = useLogOut();
  const { saveLanguage, saveTheme } = usePreferences();
  const { colorScheme } = useMantineColorScheme();
  const leave = () => carryOut(logOut, undefined, { onSuccess: () => void router.invalidate(), onError: showProblem });
  return (
    <Menu width={260} closeOnItemClick>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          radius={16}
          aria-label={t('userMenu.label', { name: viewer.name })}
        >
          <span className={classes.initials} data-initials={initials(viewer.name)} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fz="sm" fw={600} c="var(--mantine-color-text)">
            {viewer.name}
          </Text>
          <Text fz="xs">{viewer.email}</Text>
        </Menu.Label>
        <Menu.Divider />
        <div style={{ padding: '4px 12px 8px' }}>
          <Text fz="xs" c="dimmed" mb={4} id="menu-theme">
            {t('userMenu.theme')}
          </Text>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="menu-theme"
            value={colorScheme}
            onChange={(value) => saveTheme(value as MantineColorScheme)}
            data={[
              { value: 'light', label: t('userMenu.light') },
              { value: 'dark', label: t('userMenu.dark') },
              { value: 'auto', label: t('userMenu.auto') },
            ]}
          />
          <Text fz="xs" c="dimmed" mt={8} mb={4}>
            {t('userMenu.language')}
          </Text>
          <LanguageSwitch fullWidth onChange={saveLanguage} />
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings/profile" leftSection={<IconUser size={16} stroke={1.6} />}>
          {t('settings.profile')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={16} stroke={1.6} />}
          rightSection={<kbd>?</kbd>}
          onClick={openShortcuts}
        >
          {t('keys.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={leave}>
          {t('userMenu.logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
