import { Button, Group, Modal, NumberInput, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleQuery } from '../../api/people';
import { callKinds, callSeverities, type CallKind, type CallSeverity } from '../../api/work';
import { useViewer } from '../../lib/viewer';
import { AccountSelect, type ChosenAccount } from '../AccountSelect';
import { showProblem, showToast } from '../toast';
import { useCallDeeds } from './use-call-deeds';

interface OpenCallDialogProps {
  /** For whom; "ask" lets one be chosen; null while the dialog is closed. */
  accounts: readonly number[] | 'ask' | null;
  onClose: () => void;
  /** All of them were opened. */
  onDone?: (callIds: readonly number[]) => void;
}

const most = 1000;
const usualDueDays = 5;

/** Opens a call by hand, for one customer or for each of several. */
export function OpenCallDialog({ accounts, onClose, onDone }: OpenCallDialogProps) {
  const { t } = useTranslation('calls');
  return (
    <Modal
      opened={accounts !== null}
      onClose={onClose}
      title={t('open.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {Array.isArray(accounts) && accounts.length > most ? (
        <Text fz="sm">{t('open.tooMany', { count: most })}</Text>
      ) : (
        accounts && <OpenCallForm given={accounts} onClose={onClose} onDone={onDone} />
      )}
    </Modal>
  );
}

interface OpenCallFormProps extends Omit<OpenCallDialogProps, 'accounts'> {
  given: readonly number[] | 'ask';
}

function OpenCallForm({ given, onClose, onDone }: OpenCallFormProps) {
  const { t } = useTranslation('calls');
  const { userId } = useViewer();
  const { open } = useCallDeeds();
  const { data: people = [] } = useQuery(peopleQuery);
  const [chosen, setChosen] = useState<ChosenAccount | null>(null);
  const accounts = given === 'ask' ? (chosen ? [chosen.id] : []) : given;
  const [title, setTitle] = useState('');
  const [explanation, setExplanation] = useState('');
  const [kind, setKind] = useState<CallKind>('activity');
  const [severity, setSeverity] = useState<CallSeverity>('medium');
  const [assignee, setAssignee] = useState<string | null>(null);
  const [dueDays, setDueDays] = useState<number | string>(usualDueDays);
  const [isRunning, setRunning] = useState(false);

  const run = async () => {
    setRunning(true);
    try {
      const { items } = await open({
        account_ids: [...accounts],
        kind,
        severity,
        title: title.trim(),
        explanation: explanation.trim(),
        assignee_id: assignee === null ? null : Number(assignee),
        due_business_days: Number(dueDays) || 0,
      });
      showToast(t('open.done', { count: items.length }));
      onDone?.(items.map(({ id }) => id));
      onClose();
    } catch (error) {
      showProblem(error);
      setRunning(false);
    }
  };
  const isReady = title.trim() !== '' && accounts.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) void run();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {accounts.length > 1 && (
          <Text fz="sm" c="dimmed">
            {t('open.forEach', { count: accounts.length })}
          </Text>
        )}
        {given === 'ask' && <AccountSelect label={t('open.account')} value={chosen} onChange={setChosen} />}
        <TextInput
          label={t('open.what')}
          placeholder={t('open.whatExample')}
          data-autofocus={given !== 'ask' || undefined}
          required
          maxLength={300}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label={t('open.why')}
          autosize
          minRows={2}
          maxLength={4000}
          value={explanation}
          onChange={(event) => setExplanation(event.currentTarget.value)}
        />
        <SimpleGrid cols={2} spacing="sm">
          <Select
            label={t('field.kind')}
            allowDeselect={false}
            data={callKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={kind}
            onChange={(value) => value && setKind(value as CallKind)}
          />
          <Select
            label={t('field.severity')}
            allowDeselect={false}
            data={callSeverities.map((value) => ({ value, label: t(`severity.${value}`) }))}
            value={severity}
            onChange={(value) => value && setSeverity(value as CallSeverity)}
          />
          <Select
            label={t('field.assignee')}
            placeholder={t('byRole')}
            clearable
            clearButtonProps={{ 'aria-label': t('common:clear') }}
            searchable
            data={people
              .toSorted((a, b) => Number(b.id === userId) - Number(a.id === userId))
              .map(({ id, name }) => ({ value: String(id), label: id === userId ? t('me', { name }) : name }))}
            value={assignee}
            onChange={setAssignee}
          />
          <NumberInput
            label={t('open.dueDays')}
            min={0}
            max={260}
            allowDecimal={false}
            value={dueDays}
            onChange={setDueDays}
          />
        </SimpleGrid>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={isRunning} disabled={!isReady}>
            {t('open.submit', { count: Math.max(1, accounts.length) })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
