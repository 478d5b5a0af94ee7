import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Plan } from '../../api/plans';
import { GoalStatusBadge } from '../../components/goals/GoalBadges';
import { useLanguage } from '../../lib/viewer';
import classes from './Plans.module.css';
import type { PlanDeeds } from './use-plan-deeds';

interface CloseDialogProps {
  plan: Plan;
  deeds: PlanDeeds;
  opened: boolean;
  onClose: () => void;
}

/** Ends the plan with what became of each goal: which count as successes, and what the others lack for it. */
export function CloseDialog({ opened, onClose, ...rest }: CloseDialogProps) {
  const { t } = useTranslation('plans');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('close.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <CloseForm onClose={onClose} {...rest} />}
    </Modal>
  );
}

function CloseForm({ plan, deeds, onClose }: Omit<CloseDialogProps, 'opened'>) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const [why, setWhy] = useState('');
  return (
    <Stack gap="md">
      <Text fz="sm">{t('close.help')}</Text>
      <ul className={classes.outcomes}>
        {plan.document.goals.map((goal) => {
          const standing = plan.goals.find(({ key }) => key === goal.key);
          if (!standing) return null;
          return (
            <li key={goal.key}>
              <span>
                {wordsIn(goal.name, language)}
                <Text span fz="xs" c="dimmed" display="block">
                  {standing.counts_as_success
                    ? t('close.counts')
                    : t('close.lacks', {
                        what: standing.missing_for_success.map((each) => t(`missing.${each}`)).join(t('head.and')),
                      })}
                </Text>
              </span>
              <GoalStatusBadge status={standing.status} />
            </li>
          );
        })}
      </ul>
      <Textarea
        label={t('close.why')}
        autosize
        minRows={2}
        maxLength={1300}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button onClick={() => deeds.close(why.trim(), onClose)} loading={deeds.isBusy}>
          {t('close.confirm')}
        </Button>
      </Group>
    </Stack>
  );
}
