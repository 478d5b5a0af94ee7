import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconChecks, IconFilterOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { callsQuery } from '../../api/work';
import { CallLines } from '../../components/calls/CallLines';
import { EmptyState } from '../../components/EmptyState';
import { useFormat } from '../../lib/viewer';
import { NarrowNothing } from './Narrowing';
import { isNarrowed } from './question';
import { useCockpit } from './use-cockpit';

const teamsCalls = 5;

/** Nothing fits the filter; or nothing needs anybody, and then here is what to look at. */
export function NothingToDo() {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const { search, change } = useCockpit();
  const scope = search.scope ?? 'me';
  const wider = scope === 'me' ? 'team' : 'all';
  const { data: others } = useQuery({ ...callsQuery({ scope: wider }, teamsCalls), enabled: scope !== 'all' });
  if (isNarrowed(search))
    return (
      <EmptyState icon={IconFilterOff} title={t('empty.filtered')} action={<NarrowNothing />}>
        {t('empty.filteredHelp')}
      </EmptyState>
    );
  return (
    <Stack gap="md" style={{ overflow: 'auto', minHeight: 0 }}>
      <EmptyState
        icon={IconChecks}
        title={t(`empty.${scope}`)}
        action={
          <Group gap={8} justify="center">
            <Button variant="default" renderRoot={(props) => <Link to="/" search={{ whose: 'mine' }} {...props} />}>
              {t('empty.toMovers')}
            </Button>
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/renewals" search={{ mine: true }} {...props} />}
            >
              {t('empty.toRenewals')}
            </Button>
            <Button variant="default" onClick={() => change({ room: 'tasks' }, false)}>
              {t('empty.toTasks')}
            </Button>
          </Group>
        }
      >
        {t('empty.help')}
      </EmptyState>
      {others && others.items.length > 0 && (
        <section style={{ maxWidth: 860, width: '100%', margin: '0 auto' }}>
          <Group justify="space-between" mb={4}>
            <Title order={2}>{t(`empty.others.${wider}`)}</Title>
            <Button size="compact-sm" variant="default" onClick={() => change({ scope: wider }, false)}>
              {t('empty.showAll', { count: others.total, formatted: format.number(others.total) })}
            </Button>
          </Group>
          <Text fz="xs" c="dimmed" mb={4}>
            {t('empty.othersHelp')}
          </Text>
          <CallLines calls={others.items} withAccount label={t(`empty.others.${wider}`)} />
        </section>
      )}
    </Stack>
  );
}
