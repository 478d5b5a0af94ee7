import {
  Alert,
  Button,
  Group,
  NumberInput,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { ErrorState } from '../../components/ErrorState';
import { InstantText } from '../../components/InstantText';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useViewer } from '../../lib/viewer';
import { settingsQuery, type Settings, type SettingsAnswer } from './requests';

/** Settings › Mail: the servers' state, limits, working hours, tracking, and who sends. */
export function MailSettingsPage() {
  const { t } = useTranslation('outreach');
  const settings = useQuery(settingsQuery);
  return (
    <Page narrow>
      <PageHeader title={t('settings.title')} subtitle={t('settings.intro')} />
      {settings.isPending && <Skeleton height={320} />}
      {settings.isError && <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && (
        <Stack gap="xl">
          <Servers settings={settings.data} />
          <SettingsForm saved={settings.data} />
        </Stack>
      )}
    </Page>
  );
}

function Servers({ settings }: { settings: SettingsAnswer }) {
  const { t } = useTranslation('outreach');
  return (
    <section>
      <Title order={2} mb={8}>
        {t('settings.servers')}
      </Title>
      <Stack gap={6}>
        <ServerLine label={t('settings.smtp')} state={settings.smtp} option="--smtp-url" />
        <ServerLine label={t('settings.inbox')} state={settings.inbox} option="--inbox-url" />
        <Line
          label={t('settings.from')}
          value={settings.from_address || t('settings.notSet', { option: '--mail-from' })}
        />
        <Line
          label={t('settings.url')}
          value={settings.public_url || t('settings.notSet', { option: '--public-url' })}
        />
        <Line label={t('settings.waiting')} value={String(settings.waiting)} />
      </Stack>
    </section>
  );
}

function Line({ label, value }: { label: string; value: string }) {
  return (
    <Group gap="md" wrap="nowrap">
      <Text fz="sm" w={220} c="dimmed">
        {label}
      </Text>
      <Text fz="sm">{value}</Text>
    </Group>
  );
}

function ServerLine({ label, state, option }: { label: string; state: SettingsAnswer['smtp']; option: string }) {
  const { t } = useTranslation('outreach');
  const language = useLanguage();
  return (
    <div>
      <Group gap="md" wrap="nowrap">
        <Text fz="sm" w={220} c="dimmed">
          {label}
        </Text>
        <Text fz="sm">
          {!state.configured && t('settings.notSet', { option })}
          {state.configured && state.last_success_at && (
            <>
              {t('settings.worked')} <InstantText value={state.last_success_at} />
            </>
          )}
          {state.configured && !state.last_success_at && t('settings.unused')}
        </Text>
      </Group>
      {state.failure && (
        <Alert color="orange" mt={4}>
          {state.failure[language]} <InstantText value={state.last_failure_at} />
        </Alert>
      )}
    </div>
  );
}

const limits = [
  ['mails_per_window', 1, 50],
  ['window_days', 1, 90],
  ['survey_gap_days', 0, 365],
  ['csat_per_year', 1, 52],
  ['hold_days', 0, 90],
  ['work_from_hour', 0, 23],
  ['work_until_hour', 1, 24],
] as const;

/** What can be set, without the state of the servers that comes along with it. */
function settingsOf(answer: SettingsAnswer): Settings {
  return {
    mails_per_window: answer.mails_per_window,
    window_days: answer.window_days,
    survey_gap_days: answer.survey_gap_days,
    csat_per_year: answer.csat_per_year,
    hold_days: answer.hold_days,
    work_from_hour: answer.work_from_hour,
    work_until_hour: answer.work_until_hour,
    tracks_opens: answer.tracks_opens,
    tracks_clicks: answer.tracks_clicks,
    sender: answer.sender,
  };
}

function SettingsForm({ saved }: { saved: SettingsAnswer }) {
  const { t } = useTranslation('outreach');
  const isAdmin = useViewer().role === 'admin';
  const client = useQueryClient();
  const [settings, setSettings] = useState(() => settingsOf(saved));
  const save = useMutation({
    mutationFn: () => sendJson('PUT', '/api/outreach/settings', settings),
    onSuccess: () => client.invalidateQueries({ queryKey: ['outreach', 'settings'] }),
  });
  const { sender } = settings;
  const setSender = (part: Partial<Settings['sender']>) => setSettings({ ...settings, sender: { ...sender, ...part } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        carryOut(save, undefined, { onSuccess: () => showToast(t('done')) });
      }}
    >
      <Stack gap="xl">
        <section>
          <Title order={2} mb={8}>
            {t('settings.limits')}
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {limits.map(([key, min, max]) => (
              <NumberInput
                key={key}
                label={t(`settings.${key}`)}
                readOnly={!isAdmin}
                min={min}
                max={max}
                allowDecimal={false}
                value={settings[key]}
                onChange={(value) => setSettings({ ...settings, [key]: Number(value) })}
              />
            ))}
          </SimpleGrid>
        </section>
        <section>
          <Title order={2}>{t('settings.sender')}</Title>
          <Text fz="sm" c="dimmed" mb={8}>
            {t('settings.senderHelp')}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {(['name', 'address'] as const).flatMap((key) =>
              (['ja', 'en'] as const).map((language) => (
                <TextInput
                  key={`${key}.${language}`}
                  label={`${t(`settings.sender_${key}`)} (${t(`language.${language}`)})`}
                  readOnly={!isAdmin}
                  maxLength={150}
                  value={sender[key][language]}
                  onChange={(event) => setSender({ [key]: { ...sender[key], [language]: event.currentTarget.value } })}
                />
              )),
            )}
            <TextInput
              label={t('settings.sender_contact')}
              readOnly={!isAdmin}
              maxLength={200}
              value={sender.contact}
              onChange={(event) => setSender({ contact: event.currentTarget.value })}
            />
          </SimpleGrid>
        </section>
        <section>
          <Title order={2} mb={8}>
            {t('settings.tracking')}
          </Title>
          <Stack gap="xs">
            {(['tracks_opens', 'tracks_clicks'] as const).map((key) => (
              <Switch
                key={key}
                label={t(`settings.${key}`)}
                disabled={!isAdmin}
                checked={settings[key]}
                onChange={(event) => setSettings({ ...settings, [key]: event.currentTarget.checked })}
              />
            ))}
          </Stack>
        </section>
        {save.isError && <ErrorState error={save.error} />}
        {isAdmin && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
