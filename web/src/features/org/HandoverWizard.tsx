import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Modal,
  Select,
  Stack,
  Stepper,
  Switch,
  Text,
  Textarea,
} from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleQuery } from '../../api/people';
import { ErrorState } from '../../components/ErrorState';
import { WordsPair } from '../../components/WordsPair';
import { RoleSelect } from '../../components/rules/WordSelect';
import type { AccountRole } from '../../components/rules/words';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import type { TwoLanguages } from '../../lib/language';
import { useFormat, useLanguage, useViewer } from '../../lib/viewer';
import { AccountPicker } from './AccountPicker';
import { checklistQuery, useOrgDeeds } from './requests';
import type { AccountLine } from './types';
import classes from './Org.module.css';

interface HandoverWizardProps {
  onClose: () => void;
  onBegun: (id: number) => void;
}

/** In three steps: from whom to whom, which accounts, what is to be done. */
export function HandoverWizard({ onClose, onBegun }: HandoverWizardProps) {
  const { t } = useTranslation('org');
  const { userId } = useViewer();
  const { beginHandover } = useOrgDeeds();
  const usual = useQuery(checklistQuery);
  const { data: people = [] } = useQuery(peopleQuery);
  const [step, setStep] = useState(0);
  const [from, setFrom] = useState<string | null>(String(userId));
  const [to, setTo] = useState<string | null>(null);
  const [role, setRole] = useState<AccountRole>('csm');
  const [accounts, setAccounts] = useState<AccountLine[]>([]);
  const [own, setOwn] = useState<TwoLanguages[]>();
  const [note, setNote] = useState('');
  const [due, setDue] = useState<string | null>(null);
  const [movesNow, setMovesNow] = useState(false);
  const items = own ?? usual.data ?? [];
  const predecessor = people.find(({ id }) => String(id) === from);
  const isReady = [from !== null && to !== null && from !== to, accounts.length > 0, items.length > 0];
  // What was chosen belongs to the one before.
  const changeFrom = (next: string | null) => {
    setFrom(next);
    setAccounts([]);
  };
  const changeRole = (next: AccountRole) => {
    setRole(next);
    setAccounts([]);
  };
  const begin = () =>
    carryOut(
      beginHandover,
      {
        from_user_id: Number(from),
        to_user_id: Number(to),
        role,
        accounts: accounts.map(({ id }) => id),
        note: note.trim(),
        due_day: due,
        moves_now: movesNow,
        items: items
          .map(({ ja, en }) => ({ ja: ja.trim() || en.trim(), en: en.trim() || ja.trim() }))
          .filter(({ ja }) => ja !== ''),
      },
      {
        onSuccess: ({ id }) => {
          showToast(t('handover.begunToast'));
          onClose();
          onBegun(id);
        },
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('handover.new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <Stepper active={step} size="xs" onStepClick={(next) => next < step && setStep(next)}>
          <Stepper.Step label={t('handover.stepPeople')}>
            <Stack gap="md">
              <div className={classes.pair}>
                <PersonSelect label={t('handover.from')} value={from} onChange={changeFrom} />
                <PersonSelect label={t('handover.to')} value={to} without={from} onChange={setTo} />
              </div>
              <RoleSelect label={t('rule.role')} value={role} onChange={(next) => changeRole(next as AccountRole)} />
            </Stack>
          </Stepper.Step>
          <Stepper.Step label={t('handover.stepAccounts')}>
            <AccountPicker owner={role === 'csm' ? predecessor : undefined} chosen={accounts} onChange={setAccounts} />
          </Stepper.Step>
          <Stepper.Step label={t('handover.stepChecklist')}>
            <Stack gap="md">
              <ChecklistEditor items={items} onChange={setOwn} />
              <Textarea
                label={t('handover.note')}
                autosize
                minRows={2}
                maxLength={1500}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
              <When due={due} onDue={setDue} movesNow={movesNow} onMovesNow={setMovesNow} />
            </Stack>
          </Stepper.Step>
        </Stepper>
        {beginHandover.isError && <ErrorState error={beginHandover.error} />}
        <Group justify="space-between">
          <Button variant="default" disabled={step === 0} onClick={() => setStep(step - 1)}>
            {t('back')}
          </Button>
          {step < 2 ? (
            <Button disabled={!isReady[step]} onClick={() => setStep(step + 1)}>
              {t('next')}
            </Button>
          ) : (
            <Button disabled={!isReady.every(Boolean)} loading={beginHandover.isPending} onClick={begin}>
              {t('handover.begin', { count: accounts.length })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

interface PersonSelectProps {
  label: string;
  value: string | null;
  without?: string | null;
  onChange: (value: string | null) => void;
}

function PersonSelect({ label, value, without, onChange }: PersonSelectProps) {
  const { data: people = [] } = useQuery(peopleQuery);
  return (
    <Select
      label={label}
      required
      searchable
      data={people
        .filter(({ id }) => String(id) !== without)
        .map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}

function ChecklistEditor({
  items,
  onChange,
}: {
  items: readonly TwoLanguages[];
  onChange: (items: TwoLanguages[]) => void;
}) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const [adding, setAdding] = useState<TwoLanguages | null>(null);
  return (
    <div>
      <Text fz="sm" fw={500} mb={4}>
        {t('handover.checklist')}
      </Text>
      <ul className={classes.list}>
        {items.map((item, index) => (
          <li key={index} className={classes.line}>
            <Checkbox checked={false} readOnly tabIndex={-1} aria-hidden size="xs" />
            <span style={{ flex: 1 }}>{item[language]}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('handover.removeItem', { name: item[language] })}
              onClick={() => onChange(items.filter((_item, at) => at !== index))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {adding ? (
        <Stack gap={8} mt={8}>
          <WordsPair label={t('handover.item')} maxLength={200} value={adding} onChange={setAdding} />
          <Group gap={8}>
            <Button
              size="xs"
              disabled={adding.ja.trim() + adding.en.trim() === ''}
              onClick={() => {
                onChange([...items, adding]);
                setAdding(null);
              }}
            >
              {t('handover.addItem')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAdding(null)}>
              {t('common:cancel')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Button
          mt={8}
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setAdding({ ja: '', en: '' })}
        >
          {t('handover.addItem')}
        </Button>
      )}
    </div>
  );
}

interface WhenProps {
  due: string | null;
  onDue: (day: string | null) => void;
  movesNow: boolean;
  onMovesNow: (now: boolean) => void;
}

function When({ due, onDue, movesNow, onMovesNow }: WhenProps) {
  const { t } = useTranslation('org');
  const format = useFormat();
  return (
    <div className={classes.pair}>
      <DateInput
        label={t('handover.due')}
        clearable
        clearButtonProps={{ 'aria-label': t('common:clear') }}
        valueFormat={format.language === 'ja' ? 'YYYY/M/D' : 'D MMM YYYY'}
        value={due}
        onChange={onDue}
      />
      <Switch
        label={t('handover.movesNow')}
        description={t('handover.movesNowHelp')}
        checked={movesNow}
        onChange={(event) => onMovesNow(event.currentTarget.checked)}
      />
    </div>
  );
}
