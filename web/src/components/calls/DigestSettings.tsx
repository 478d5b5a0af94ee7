import { Button, Group, Modal, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { digestPreviewQuery, digestQuery, type DigestSetting } from '../../api/work';
import { carryOut } from '../../lib/carry-out';
import { useFormat } from '../../lib/viewer';
import { ErrorState } from '../ErrorState';
import { showProblem, showToast } from '../toast';

const cadences = ['off', 'daily', 'weekly'] as const;
const hoursPerDay = 24;

/** When one's own work comes by mail: never, every business day or once a week, and at what hour. */
export function DigestSettings() {
  const { t } = useTranslation('calls');
  const { data, isError, error, refetch } = useQuery(digestQuery);
  return (
    <section>
      <Title order={2} mb={4}>
        {t('digest.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('digest.help')}
      </Text>
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!isError && !data && <Skeleton height={96} />}
      {data && <Choices setting={data} />}
    </section>
  );
}

function Choices({ setting }: { setting: DigestSetting }) {
  const { t } = useTranslation('calls');
  const format = useFormat();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const change = useMutation({
    mutationFn: (wanted: Pick<DigestSetting, 'cadence' | 'hour'>) =>
      sendJson<DigestSetting>('PUT', '/api/digest', wanted),
    onSuccess: (saved) => client.setQueryData(digestQuery.queryKey, saved),
  });
  const { cadence, hour } = change.isPending ? change.variables : setting;
  const save = (wanted: Partial<Pick<DigestSetting, 'cadence' | 'hour'>>) =>
    carryOut(
      change,
      { cadence, hour, ...wanted },
      { onSuccess: () => showToast(t('digest.saved')), onError: showProblem },
    );
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <Select
          label={t('digest.cadence')}
          w={260}
          allowDeselect={false}
          data={cadences.map((value) => ({ value, label: t(`digest.${value}`) }))}
          value={cadence}
          onChange={(value) => value && save({ cadence: cadences.find((each) => each === value)! })}
        />
        {cadence !== 'off' && (
          <Select
            label={t('digest.hour')}
            w={100}
            allowDeselect={false}
            data={Array.from({ length: hoursPerDay }, (_, each) => ({
              value: String(each),
              label: t('digest.hourOf', { hour: each }),
            }))}
            value={String(hour)}
            onChange={(value) => value && save({ hour: Number(value) })}
          />
        )}
        <Button variant="default" onClick={open}>
          {t('digest.preview')}
        </Button>
      </Group>
      {cadence !== 'off' && (
        <Text fz="sm" c="dimmed">
          {setting.can_send
            ? setting.next_at && t('digest.next', { at: format.instant(setting.next_at), address: setting.address })
            : t('digest.cannotSend')}
        </Text>
      )}
      <Modal
        opened={opened}
        onClose={close}
        title={t('digest.preview')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {opened && <Preview />}
      </Modal>
    </Stack>
  );
}

function Preview() {
  const { t } = useTranslation('calls');
  const { data, isError, error, refetch } = useQuery({ ...digestPreviewQuery, staleTime: 0 });
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={280} />;
  if (data.is_empty) return <Text fz="sm">{t('digest.nothing')}</Text>;
  return (
    <Stack gap="sm">
      <Text fz="sm" fw={600}>
        {data.subject}
      </Text>
      {/* The text part, as mail programs without HTML show it: nothing of a mail runs here. */}
      <Text fz="sm" component="pre" ff="inherit" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} m={0}>
        {data.text}
      </Text>
    </Stack>
  );
}
