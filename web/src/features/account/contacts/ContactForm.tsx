import { Button, Chip, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../api/problem';
import { showProblem, showToast } from '../../../components/toast';
import { useAsOf } from '../../../lib/as-of';
import { carryOut } from '../../../lib/carry-out';
import { useKnownWord } from '../../../lib/known-words/known-words';
import { usePanel } from '../../../lib/use-panel';
import { useLanguage } from '../../../lib/viewer';
import { useContactChanges, type ContactPatch } from '../contact-changes';
import { contactRoles, type ConsentState, type Contact, type ContactRole } from '../types';

const languages = ['ja', 'en', 'de', 'fr', 'zh', 'ko', 'th'];
const consents = ['given', 'withdrawn', 'unknown'] as const;

interface Values {
  name: string;
  reading: string;
  title: string;
  department: string;
  email: string;
  language: string | null;
  roles: ContactRole[];
  consent: ConsentState;
  proof: string;
  left_day: string | null;
}

function valuesOf(contact: Contact | undefined): Values {
  return {
    name: contact?.name ?? '',
    reading: contact?.reading ?? '',
    title: contact?.title ?? '',
    department: contact?.department ?? '',
    email: contact?.email ?? '',
    language: contact?.language ?? null,
    roles: contact?.roles ?? [],
    consent: contact?.consent.state ?? 'unknown',
    proof: contact?.consent.proof ?? '',
    left_day: contact?.left_day ?? null,
  };
}

function patchOf(values: Values, before: Values): ContactPatch {
  const text = (value: string) => (value.trim() === '' ? null : value.trim());
  return {
    name: values.name.trim(),
    reading: text(values.reading),
    title: text(values.title),
    department: text(values.department),
    email: text(values.email),
    language: values.language,
    roles: values.roles,
    left_day: values.left_day,
    ...((values.consent !== before.consent || values.proof !== before.proof) && {
      consent: { state: values.consent, proof: text(values.proof), at: new Date().toISOString() },
    }),
  };
}

/** Adds a person to the account, or changes one. */
export function ContactForm({ accountId, contact }: { accountId: string; contact: Contact | undefined }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const word = useKnownWord();
  const { day } = useAsOf();
  const { close } = usePanel();
  const { add, change, remove } = useContactChanges(accountId);
  const form = useForm<Values>({
    initialValues: valuesOf(contact),
    validate: { name: (name) => (name.trim() === '' ? t('contacts.nameNeeded') : null) },
  });
  const onError = (error: unknown) =>
    isProblem(error) && Object.keys(error.fieldErrors).length > 0
      ? form.setErrors(error.fieldErrors)
      : showProblem(error);
  const done = (message: string, undo?: () => void) => {
    showToast(message, undo);
    close();
  };

  const submit = (values: Values) => {
    const before = valuesOf(contact);
    const patch = patchOf(values, before);
    if (!contact) {
      carryOut(add, patch, {
        onSuccess: ({ id }) => done(t('contacts.added'), () => carryOut(remove, id, { onError: showProblem })),
        onError,
      });
      return;
    }
    const { id } = contact;
    const undo = () => carryOut(change, { id, ...patchOf(before, values) }, { onError: showProblem });
    carryOut(change, { id, ...patch }, { onSuccess: () => done(t('contacts.saved'), undo), onError });
  };
  const leave = () => {
    if (!contact) return;
    const { id } = contact;
    carryOut(
      change,
      { id, left_day: day },
      {
        onSuccess: () =>
          done(t('contacts.marked'), () => carryOut(change, { id, left_day: null }, { onError: showProblem })),
        onError,
      },
    );
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <TextInput label={t('contacts.name')} required maxLength={200} {...form.getInputProps('name')} />
        <TextInput label={t('contacts.reading')} maxLength={200} {...form.getInputProps('reading')} />
        <TextInput
          label={t('contacts.department')}
          description={t('contacts.departmentHelp')}
          maxLength={100}
          {...form.getInputProps('department')}
        />
        <TextInput label={t('contacts.jobTitle')} maxLength={200} {...form.getInputProps('title')} />
        <TextInput label={t('contacts.email')} type="email" maxLength={200} {...form.getInputProps('email')} />
        <Select
          label={t('contacts.language')}
          clearable
          data={languages.map((code) => ({ value: code, label: word('language', code) }))}
          {...form.getInputProps('language')}
        />
        <div role="group" aria-label={t('contacts.roles')}>
          <Text fz="sm" fw={500} mb={4}>
            {t('contacts.roles')}
          </Text>
          <Chip.Group multiple {...form.getInputProps('roles')}>
            <Group gap={6}>
              {contactRoles.map((role) => (
                <Chip key={role} value={role} size="xs">
                  {t(`role.${role}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </div>
        {/* Of somebody who is known already, it is recorded with its history in ContactMail, below. */}
        {!contact && (
          <>
            <Select
              label={t('contacts.consent')}
              allowDeselect={false}
              data={consents.map((state) => ({ value: state, label: t(`consent.${state}`) }))}
              {...form.getInputProps('consent')}
            />
            <TextInput
              label={t('contacts.proof')}
              description={t('contacts.proofHelp')}
              maxLength={500}
              {...form.getInputProps('proof')}
            />
          </>
        )}
        {contact && (
          <DateInput
            label={t('contacts.leftDay')}
            clearable
            clearButtonProps={{ 'aria-label': t('common:clear') }}
            valueFormat={language === 'ja' ? 'YYYY/M/D' : 'D MMM YYYY'}
            {...form.getInputProps('left_day')}
          />
        )}
        <Group justify="space-between" mt="xs">
          {contact && contact.left_day === null ? (
            <Button variant="default" size="xs" onClick={leave} loading={change.isPending}>
              {t('contacts.leave')}
            </Button>
          ) : (
            <span />
          )}
          <Button type="submit" size="xs" loading={add.isPending || change.isPending}>
            {contact ? t('common:save') : t('contacts.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
