import { ActionIcon, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../api/org';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import classes from './Org.module.css';

interface TeamCardsProps {
  teams: readonly Team[] | undefined;
  /** A key. */
  chosen: string | undefined;
  onChoose: (key: string | undefined) => void;
  onEdit: (team: Team) => void;
}

/** Teams by direction; one of them narrows the list of people. */
export function TeamCards({ teams, ...rest }: TeamCardsProps) {
  const { t } = useTranslation('org');
  if (!teams) return <Skeleton height={96} />;
  return (
    <Stack gap="sm">
      {(['size', 'function'] as const).map((direction) => {
        const members = teams.filter((team) => team.direction === direction);
        if (members.length === 0) return null;
        return (
          <div key={direction}>
            <Text fz="xs" c="dimmed" mb={4}>
              {t(`direction.${direction}`)}
            </Text>
            <ul className={classes.teams}>
              {members.map((team) => (
                <TeamCard key={team.id} team={team} parent={teams.find(({ id }) => id === team.parent_id)} {...rest} />
              ))}
            </ul>
          </div>
        );
      })}
    </Stack>
  );
}

interface TeamCardProps extends Omit<TeamCardsProps, 'teams'> {
  team: Team;
  parent: Team | undefined;
}

function TeamCard({ team, parent, chosen, onChoose, onEdit }: TeamCardProps) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const leads = team.members.filter(({ lead }) => lead).map(({ user }) => user.name);
  const isChosen = chosen === team.key;
  return (
    <li className={classes.team} data-chosen={isChosen || undefined}>
      <UnstyledButton
        className={classes.teamName}
        aria-pressed={isChosen}
        onClick={() => onChoose(isChosen ? undefined : team.key)}
      >
        <Text fw={600} fz="sm">
          {team.name[language]}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('team.members', { count: team.members.length })}
          {leads.length > 0 && ` · ${t('team.leads', { names: leads.join(', ') })}`}
          {parent && ` · ${t('team.below', { name: parent.name[language] })}`}
        </Text>
      </UnstyledButton>
      {mayDefine && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('team.edit', { name: team.name[language] })}
          onClick={() => onEdit(team)}
        >
          <IconPencil size={16} />
        </ActionIcon>
      )}
    </li>
  );
}
