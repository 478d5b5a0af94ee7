import { Button, Group, Modal, Radio, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Plan } from '../../../api/plans';
import { useLanguage } from '../../../lib/viewer';
import { useEditing } from '../editing';
import type { PlanDeeds } from '../use-plan-deeds';

interface ToldDialogProps {
  plan: Plan;
  deeds: PlanDeeds;
  opened: boolean;
  onClose: () => void;
}

/** Notes what somebody of the customer said of a goal in a meeting or on the phone. */
export function ToldDialog({ opened, onClose, ...rest }: ToldDialogProps) {
  const { t } = useTranslation('plans');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('told.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <ToldForm onClose={onClose} {...rest} />}
    </Modal>
  );
}

function ToldForm({ plan, deeds, onClose }: Omit<ToldDialogProps, 'opened'>) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { contacts } = useEditing();
  const waiting = plan.goals.find(({ confirmation }) => confirmation === 'asked');
  const [goal, setGoal] = useState(waiting?.key ?? plan.document.goals[0]?.key ?? null);
  const [contact, setContact] = useState<string | null>(() => {
    const asked = plan.sent?.asked[0];
    return asked ? String(asked.contact_id) : null;
  });
  const [verdict, setVerdict] = useState<'confirmed' | 'commented'>('confirmed');
  const [words, setWords] = useState('');
  const isReady = goal !== null && contact !== null && (verdict === 'confirmed' || words.trim() !== '');
  const save = () => {
    if (goal === null || contact === null) return;
    deeds.confirm({ goal, contact_id: Number(contact), verdict, words: words.trim() }, onClose);
  };
  return (
    <Stack gap="md">
      <Text fz="sm">{t('told.help')}</Text>
      <Select
        label={t('kind.goal')}
        allowDeselect={false}
        data={plan.document.goals.map(({ key, name }) => ({ value: key, label: wordsIn(name, language) }))}
        value={goal}
        onChange={setGoal}
      />
      <Select
        label={t('told.who')}
        allowDeselect={false}
        searchable
        data={contacts.map(({ id, name, title }) => ({
          value: String(id),
          label: title ? t('told.person', { name, title }) : name,
        }))}
        value={contact}
        onChange={setContact}
      />
      <Radio.Group
        label={t('told.verdict')}
        value={verdict}
        onChange={(next) => setVerdict(next === 'commented' ? 'commented' : 'confirmed')}
      >
        <Group gap={20} mt={6}>
          <Radio value="confirmed" label={t('told.agrees')} />
          <Radio value="commented" label={t('told.comments')} />
        </Group>
      </Radio.Group>
      <Textarea
        label={t('told.words')}
        required={verdict === 'commented'}
        autosize
        minRows={2}
        maxLength={1300}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button onClick={save} disabled={!isReady} loading={deeds.isBusy}>
          {t('told.save')}
        </Button>
      </Group>
    </Stack>
  );
}
