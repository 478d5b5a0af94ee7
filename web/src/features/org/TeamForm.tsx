import { Button, Group, Modal, MultiSelect, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../api/org';
import { peopleQuery } from '../../api/people';
import { confirm } from '../../components/confirm';
import { ErrorState } from '../../components/ErrorState';
import { WordsPair } from '../../components/WordsPair';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { useOrgDeeds } from './requests';

interface TeamFormProps {
  /** Absent for a new one. */
  team: Team | undefined;
  teams: readonly Team[];
  onClose: () => void;
}

/** A team's names, where it belongs, its people and who leads it. */
export function TeamForm({ team, teams, onClose }: TeamFormProps) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const { saveTeam } = useOrgDeeds();
  const { data: people = [] } = useQuery(peopleQuery);
  const [name, setName] = useState(team?.name ?? { ja: '', en: '' });
  const [direction, setDirection] = useState(team?.direction ?? 'size');
  const [parent, setParent] = useState(team?.parent_id ? String(team.parent_id) : null);
  const [members, setMembers] = useState(team?.members.map(({ user }) => String(user.id)) ?? []);
  const [leads, setLeads] = useState(team?.members.filter(({ lead }) => lead).map(({ user }) => String(user.id)) ?? []);
  const choices = people.map(({ id, name: label }) => ({ value: String(id), label }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = {
      name: { en: name.en.trim() || name.ja.trim(), ja: name.ja.trim() || name.en.trim() },
      direction,
      parent_id: parent ? Number(parent) : null,
      members: members.map((id) => ({ user_id: Number(id), lead: leads.includes(id) })),
    };
    carryOut(
      saveTeam,
      { id: team?.id, change },
      {
        onSuccess: () => {
          showToast(t('team.saved', { name: change.name[language] }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={team ? team.name[language] : t('team.new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <WordsPair label={t('name')} maxLength={60} value={name} onChange={setName} />
          <Select
            label={t('team.direction')}
            description={t('team.directionHelp')}
            allowDeselect={false}
            data={(['size', 'function'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))}
            value={direction}
            onChange={(value) => {
              setDirection(value === 'function' ? 'function' : 'size');
              setParent(null);
            }}
          />
          <Select
            label={t('team.parent')}
            clearable
            clearButtonProps={{ 'aria-label': t('common:clear') }}
            data={teams
              .filter((each) => each.direction === direction && each.id !== team?.id)
              .map((each) => ({ value: String(each.id), label: each.name[language] }))}
            value={parent}
            onChange={setParent}
          />
          <MultiSelect
            label={t('team.people')}
            searchable
            data={choices}
            value={members}
            onChange={(next) => {
              setMembers(next);
              setLeads((before) => before.filter((id) => next.includes(id)));
            }}
          />
          <MultiSelect
            label={t('team.lead')}
            description={t('team.leadHelp')}
            data={choices.filter(({ value }) => members.includes(value))}
            value={leads}
            onChange={setLeads}
          />
          {saveTeam.isError && <ErrorState error={saveTeam.error} />}
          <Group justify="space-between" gap={8}>
            {team ? <RemoveTeam team={team} onDone={onClose} /> : <span />}
            <Group gap={8}>
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" loading={saveTeam.isPending} disabled={name.ja.trim() + name.en.trim() === ''}>
                {t('common:save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function RemoveTeam({ team, onDone }: { team: Team; onDone: () => void }) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const { removeTeam } = useOrgDeeds();
  const ask = () =>
    confirm({
      title: t('team.removeTitle', { name: team.name[language] }),
      children: t('team.removeDetail'),
      confirmLabel: t('team.remove'),
      danger: true,
      onConfirm: () => carryOut(removeTeam, team.id, { onSuccess: onDone, onError: showProblem }),
    });
  return (
    <Button variant="default" c="var(--mantine-color-error)" onClick={ask}>
      {t('team.remove')}
    </Button>
  );
}
