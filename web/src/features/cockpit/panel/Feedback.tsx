import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallDetail } from '../../../api/work';
import { useCallDeeds } from '../../../components/calls/use-call-deeds';

/** Whether the signal was worth it: what is not useful lowers its rule, with the reason beside it. */
export function Feedback({ call }: { call: CallDetail }) {
  const { t } = useTranslation('cockpit');
  const { judge } = useCallDeeds();
  const [asksWhy, setAsksWhy] = useState(false);
  const [why, setWhy] = useState('');
  const verdict = call.feedback?.verdict;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    judge(call.id, 'not_useful', why.trim());
    setAsksWhy(false);
  };
  return (
    <Stack gap={8}>
      <Text fz="sm" c="dimmed">
        {t('panel.feedbackHelp')}
      </Text>
      <Group gap={8}>
        <Button
          size="xs"
          variant={verdict === 'useful' ? 'light' : 'default'}
          aria-pressed={verdict === 'useful'}
          leftSection={<IconThumbUp size={15} stroke={1.6} />}
          onClick={() => judge(call.id, verdict === 'useful' ? 'none' : 'useful')}
        >
          {t('panel.useful')}
        </Button>
        <Button
          size="xs"
          variant={verdict === 'not_useful' ? 'light' : 'default'}
          aria-pressed={verdict === 'not_useful'}
          leftSection={<IconThumbDown size={15} stroke={1.6} />}
          onClick={() => (verdict === 'not_useful' ? judge(call.id, 'none') : setAsksWhy(true))}
        >
          {t('panel.notUseful')}
        </Button>
      </Group>
      {asksWhy && (
        <form onSubmit={submit}>
          <Group gap={8} align="flex-end">
            <TextInput
              flex={1}
              size="xs"
              autoFocus
              label={t('panel.notUsefulWhy')}
              maxLength={500}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
            <Button size="xs" type="submit">
              {t('panel.feedbackSend')}
            </Button>
          </Group>
        </form>
      )}
      {call.feedback && (
        <Text fz="xs" c="dimmed">
          {[call.feedback.by?.name, call.feedback.why].filter(Boolean).join(' · ')}
        </Text>
      )}
    </Stack>
  );
}
