import { Button, Group } from '@mantine/core';
import { IconCalendarDue, IconCheck, IconMoonStars, IconPencil, IconPlayerPlay, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallDetail } from '../../../api/work';
import { useCallDeeds } from '../../../components/calls/use-call-deeds';
import { useShortcut } from '../../../lib/shortcuts';
import { useAsk, type Asked } from '../deeds';
import { useCockpit } from '../use-cockpit';

/** What can be done with the call, each also by its key. */
export function Deeds({ call }: { call: CallDetail }) {
  const { t } = useTranslation('cockpit');
  const ask = useAsk();
  const { apply, reopen } = useCallDeeds();
  const { search } = useCockpit();
  const about = (what: Asked) => () => ask({ what, calls: [call] });
  const isClosed = call.status === 'closed';
  // The list answers these keys itself, for the row or for what is selected.
  const own = search.room !== undefined && search.room !== 'list' && !isClosed;
  const group = t('common:keys.list');
  useShortcut({ key: 's', label: t('keys.snooze'), group }, about('snooze'), own);
  useShortcut({ key: 'c', label: t('keys.close'), group }, about('close'), own);
  useShortcut({ key: 'a', label: t('keys.assign'), group }, about('assign'), own);
  useShortcut({ key: 'e', label: t('common:keys.edit'), group }, about('edit'), own);
  if (isClosed)
    return (
      <Group gap={8}>
        <Button size="xs" variant="default" onClick={() => reopen(call.id)}>
          {t('bulk.reopen')}
        </Button>
      </Group>
    );
  return (
    <Group gap={8}>
      <Button size="xs" leftSection={<IconCheck size={15} stroke={1.8} />} onClick={about('close')}>
        {t('bulk.close')}
      </Button>
      {call.status !== 'in_progress' && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerPlay size={15} stroke={1.6} />}
          onClick={() => apply([call.id], { action: 'start' })}
        >
          {t('bulk.start')}
        </Button>
      )}
      {call.status === 'snoozed' ? (
        <Button size="xs" variant="default" onClick={() => apply([call.id], { action: 'wake' })}>
          {t('bulk.wake')}
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconMoonStars size={15} stroke={1.6} />}
          onClick={about('snooze')}
        >
          {t('bulk.snooze')}
        </Button>
      )}
      <Button size="xs" variant="default" leftSection={<IconUser size={15} stroke={1.6} />} onClick={about('assign')}>
        {t('bulk.assign')}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCalendarDue size={15} stroke={1.6} />}
        onClick={about('due')}
      >
        {t('bulk.due')}
      </Button>
      <Button size="xs" variant="default" leftSection={<IconPencil size={15} stroke={1.6} />} onClick={about('edit')}>
        {t('bulk.edit')}
      </Button>
    </Group>
  );
}
