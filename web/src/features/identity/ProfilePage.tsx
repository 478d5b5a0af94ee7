import {
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DigestSettings } from '../../components/calls/DigestSettings';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showProblem, showToast } from '../../components/toast';
import { useViewer } from '../../lib/viewer';
import { timeZones } from './choices';
import { LanguageSwitch } from './LanguageSwitch';
import { PasswordForm } from './PasswordForm';
import { usePreferences } from './preferences';

/** Settings › Profile: one's own name, language, theme, time zone and password. */
export function ProfilePage() {
  const { t } = useTranslation('identity');
  const viewer = useViewer();
  const { save, saveLanguage, saveTheme } = usePreferences();
  const { colorScheme } = useMantineColorScheme();
  const [name, setName] = useState(viewer.name);
  const store = (change: Parameters<typeof save>[0]) =>
    save(change).then(() => showToast(t('profile.saved')), showProblem);
  const saveName = () => {
    const next = name.trim();
    if (next === '') setName(viewer.name);
    else if (next !== viewer.name) void store({ name: next });
  };
  return (
    <Page narrow>
      <PageHeader title={t('profile.title')} subtitle={`${viewer.email} · ${t(`role.${viewer.role}`)}`} />
      <Stack gap="lg" maw={420}>
        <TextInput
          label={t('field.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={saveName}
        />
        <div>
          <Text fz="sm" fw={500} mb={4}>
            {t('language')}
          </Text>
          <LanguageSwitch onChange={saveLanguage} />
        </div>
        <div>
          <Text fz="sm" fw={500} mb={4} id="profile-theme">
            {t('profile.theme')}
          </Text>
          <SegmentedControl
            size="xs"
            aria-labelledby="profile-theme"
            value={colorScheme}
            onChange={(value) => saveTheme(value as MantineColorScheme)}
            data={[
              { value: 'light', label: t('profile.light') },
              { value: 'dark', label: t('profile.dark') },
              { value: 'auto', label: t('profile.auto') },
            ]}
          />
        </div>
        <Select
          label={t('field.timezone')}
          description={t('profile.timezoneHelp')}
          data={timeZones()}
          searchable
          limit={50}
          allowDeselect={false}
          value={viewer.timeZone}
          onChange={(timezone) => timezone && void store({ timezone })}
        />
        <DigestSettings />
        <section>
          <Title order={2} mb="sm">
            {t('password.title')}
          </Title>
          <PasswordForm userId={viewer.userId} needsCurrent />
        </section>
      </Stack>
    </Page>
  );
}
