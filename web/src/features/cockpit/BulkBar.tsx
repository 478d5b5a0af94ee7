import { Button, Group, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { callSeverities, type Call } from '../../api/work';
import { SeverityBadge } from '../../components/calls/Badges';
import { useCallDeeds } from '../../components/calls/use-call-deeds';
import { useFormat, useViewer } from '../../lib/viewer';
import { useAsk, type Asked } from './deeds';

const asked = ['assign', 'due', 'snooze', 'close'] as const satisfies readonly Asked[];

/** What is at stake in the selection, and what can be done with all of it at once. */
export function BulkBar({ calls, onDone }: { calls: readonly Call[]; onDone: () => void }) {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const { reportingCurrency } = useViewer();
  const ask = useAsk();
  const { apply } = useCallDeeds();
  const ids = calls.map(({ id }) => id);
  const amount_minor = calls.reduce((sum, { value_at_stake }) => sum + value_at_stake.amount_minor, 0);
  return (
    <Group gap={8}>
      <Text fz="sm">{t('bulk.stake', { amount: format.money({ amount_minor, currency: reportingCurrency }) })}</Text>
      <Button size="compact-sm" variant="default" onClick={() => apply(ids, { action: 'start' }, onDone)}>
        {t('bulk.start')}
      </Button>
      {asked.map((what) => (
        <Button key={what} size="compact-sm" variant="default" onClick={() => ask({ what, calls, onDone })}>
          {t(`bulk.${what}`)}
        </Button>
      ))}
      <Menu>
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('calls:field.severity')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {callSeverities.map((severity) => (
            <Menu.Item key={severity} onClick={() => apply(ids, { action: 'severity', severity }, onDone)}>
              <SeverityBadge severity={severity} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
