import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { teamsQuery, type Team } from '../../api/org';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { SidePanel } from '../../components/SidePanel';
import { useFormat, useMayDefine } from '../../lib/viewer';
import { PeopleTable } from './PeopleTable';
import { PersonPanel } from './PersonPanel';
import { workloadQuery } from './requests';
import { TeamForm } from './TeamForm';
import { TeamCards } from './TeamCards';

const route = getRouteApi('/_shell/teams');

/** Teams, and what everybody in them carries against what they can carry. */
export function WorkloadTab() {
  const { t } = useTranslation('org');
  const format = useFormat();
  const mayDefine = useMayDefine();
  const navigate = route.useNavigate();
  const { team: chosen } = route.useSearch();
  const teams = useQuery(teamsQuery);
  const workload = useQuery(workloadQuery);
  const [editing, setEditing] = useState<Team | 'new' | null>(null);
  const all = workload.data?.items;
  const people = useMemo(
    () => (chosen && all ? all.filter((person) => person.teams.includes(chosen)) : all),
    [all, chosen],
  );
  const choose = (key: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, team: key }), replace: true });
  const error = teams.error ?? workload.error;
  if (error)
    return <ErrorState error={error} onRetry={() => void Promise.all([teams.refetch(), workload.refetch()])} />;
  const add = mayDefine && (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => setEditing('new')}
    >
      {t('team.new')}
    </Button>
  );
  return (
    <Stack gap="lg">
      <section aria-label={t('teams')}>
        <Group justify="space-between" mb={8}>
          <Title order={2}>{t('teams')}</Title>
          {add}
        </Group>
        {teams.data?.items.length === 0 ? (
          <EmptyState icon={IconUsers} title={t('team.none')}>
            {t('team.noneHelp')}
          </EmptyState>
        ) : (
          <TeamCards teams={teams.data?.items} chosen={chosen} onChoose={choose} onEdit={setEditing} />
        )}
      </section>
      <section aria-label={t('people')}>
        <Group justify="space-between" mb={8}>
          <Title order={2}>{t('people')}</Title>
          {workload.data && workload.data.unassigned.accounts > 0 && (
            <Text fz="sm" c="dimmed">
              {t('unassigned', {
                count: workload.data.unassigned.accounts,
                formatted: format.number(workload.data.unassigned.accounts),
                arr: format.money(workload.data.unassigned.arr),
              })}
            </Text>
          )}
        </Group>
        {people?.length === 0 ? (
          <EmptyState title={t('person.none')}>{t('person.noneHelp')}</EmptyState>
        ) : (
          <PeopleTable people={people} teams={teams.data?.items ?? []} />
        )}
      </section>
      <SidePanel
        param="person"
        title={(id) => all?.find(({ user }) => String(user.id) === id)?.user.name ?? t('people')}
      >
        {(id) => {
          const person = all?.find(({ user }) => String(user.id) === id);
          return person ? <PersonPanel key={id} person={person} /> : null;
        }}
      </SidePanel>
      {editing && (
        <TeamForm
          team={editing === 'new' ? undefined : editing}
          teams={teams.data?.items ?? []}
          onClose={() => setEditing(null)}
        />
      )}
    </Stack>
  );
}
