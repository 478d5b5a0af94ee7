import { Button, Checkbox, Group, Modal, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactChoice } from '../../../api/contacts';
import type { Plan } from '../../../api/plans';
import { contactRoles } from '../../../components/rules/words';
import { useLanguage } from '../../../lib/viewer';
import { isNamed } from '../edit';
import { useEditing } from '../editing';
import classes from '../Plans.module.css';
import type { PlanDeeds } from '../use-plan-deeds';
import { Preview } from './Preview';

interface SendDialogProps {
  plan: Plan;
  deeds: PlanDeeds;
  opened: boolean;
  onClose: () => void;
}

/** Chooses who is asked to confirm, and shows what they receive in their language before it goes. */
export function SendDialog({ opened, onClose, ...rest }: SendDialogProps) {
  const { t } = useTranslation('plans');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={t('send.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <SendForm onClose={onClose} {...rest} />}
    </Modal>
  );
}

const usuallyAsked = ['champion', 'decision_maker', 'executive_sponsor'];

function SendForm({ plan, deeds, onClose }: Omit<SendDialogProps, 'opened'>) {
  const { t } = useTranslation('plans');
  const own = useLanguage();
  const { contacts } = useEditing();
  const [chosen, setChosen] = useState<string[]>(() =>
    contacts.filter(({ roles }) => roles.some((role) => usuallyAsked.includes(role))).map(({ id }) => String(id)),
  );
  const people = contacts.filter(({ id }) => chosen.includes(String(id)));
  const [language, setLanguage] = useState(people[0]?.language ?? own);
  const { goals } = plan.document;
  const withoutCriterion = goals.filter(({ criterion }) => !isNamed(criterion));
  const hindrance =
    goals.length === 0
      ? t('send.noGoals')
      : withoutCriterion.length > 0
        ? t('send.noCriterion', { count: withoutCriterion.length })
        : null;
  return (
    <div className={classes.send}>
      <Stack gap="md" miw={0}>
        <Checkbox.Group label={t('send.people')} description={t('send.peopleHelp')} value={chosen} onChange={setChosen}>
          <Stack gap={8} mt={8}>
            {contacts.map((contact) => (
              <PersonBox key={contact.id} contact={contact} />
            ))}
          </Stack>
        </Checkbox.Group>
        {contacts.length === 0 && (
          <Text fz="sm" c="dimmed">
            {t('send.nobody')}
          </Text>
        )}
        {hindrance && (
          <Text fz="sm" className={classes.late} style={{ whiteSpace: 'normal' }} role="alert">
            {hindrance}
          </Text>
        )}
        <Group gap={8}>
          <Button
            disabled={people.length === 0 || hindrance !== null}
            loading={deeds.isBusy}
            onClick={() =>
              deeds.send(
                people.map(({ id }) => id),
                onClose,
              )
            }
          >
            {t('send.confirm', { count: people.length })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
        </Group>
      </Stack>
      <section aria-label={t('send.preview')} className={classes.preview}>
        <Group justify="space-between" mb={8}>
          <Text fz="xs" c="dimmed">
            {t('send.preview')}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('send.language')}
            data={[
              { value: 'ja', label: '日本語' },
              { value: 'en', label: 'English' },
            ]}
            value={language}
            onChange={setLanguage}
          />
        </Group>
        {/* The words of the other language may have to be fetched. */}
        <Suspense fallback={<Skeleton height={200} />}>
          <Preview document={plan.document} language={language} />
        </Suspense>
      </section>
    </div>
  );
}

function PersonBox({ contact }: { contact: ContactChoice }) {
  const { t } = useTranslation('plans');
  const roles = contactRoles.filter((role) => contact.roles.includes(role)).map((role) => t(`theirRole.${role}`));
  return (
    <Checkbox
      value={String(contact.id)}
      label={contact.name}
      description={[contact.department, contact.title, ...roles, contact.email ?? t('send.noMail')]
        .filter(Boolean)
        .join(' · ')}
    />
  );
}
