import {
  Autocomplete,
  Button,
  Group,
  Modal,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../api/problem';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { knownWords } from '../../../lib/known-words/known-words';
import { useLanguage } from '../../../lib/viewer';
import { inverse, useAccountChange } from '../account-changes';
import classes from '../Records.module.css';
import { attributesQuery, ownersQuery } from '../requests';
import type { Account } from '../types';
import { AttributeInput } from '../../../components/AttributeInput';
import { patchFrom, valuesOf, type AccountValues } from './account-form';
import { WordInput } from '../../../components/WordInput';

interface EditAccountProps {
  account: Account;
  accountId: string;
  onClose: () => void;
}

const nobody = 'nobody';

/** All fields and custom attributes of the account, and why they change. */
export function EditAccount({ account, accountId, onClose }: EditAccountProps) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const { data: defined = [] } = useQuery(attributesQuery);
  const attributes = defined.filter(({ managed_by }) => managed_by === null);
  const { data: owners = [] } = useQuery(ownersQuery);
  const change = useAccountChange(accountId);
  const form = useForm<AccountValues>({
    initialValues: valuesOf(account),
    validate: { name: (name) => (name.trim() === '' ? t('edit.nameNeeded') : null) },
  });
  const submit = (values: AccountValues) => {
    const patch = patchFrom(account, values);
    if (Object.keys(patch).length === 0) return onClose();
    const undo = { ...inverse(account, patch), why: t('edit.undoWhy') };
    carryOut(
      change,
      { ...patch, ...(values.why.trim() !== '' && { why: values.why.trim() }) },
      {
        onSuccess: () => {
          showToast(t('edit.saved'), () => carryOut(change, undo, { onError: showProblem }));
          onClose();
        },
        onError: (error) => {
          if (isProblem(error)) form.setErrors(error.fieldErrors);
          showProblem(error);
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('edit.title', { name: account.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={form.onSubmit(submit)}>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              label={t('field.name')}
              required
              data-autofocus
              maxLength={200}
              {...form.getInputProps('name')}
            />
            <TextInput label={t('field.reading')} maxLength={200} {...form.getInputProps('reading')} />
            <WordInput
              label={t('field.phase')}
              field="phase"
              known={knownWords.phase}
              {...form.getInputProps('phase')}
            />
            <Select
              label={t('field.owner')}
              searchable
              allowDeselect={false}
              data={[
                { value: nobody, label: t('figure.nobody') },
                ...owners.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
              placeholder={account.owner?.name}
              value={form.values.owner}
              onChange={(owner) => form.setFieldValue('owner', owner)}
            />
            <WordInput
              label={t('field.industry')}
              field="industry"
              known={knownWords.industry}
              {...form.getInputProps('industry')}
            />
            <WordInput label={t('field.plan')} field="plan" known={knownWords.plan} {...form.getInputProps('plan')} />
            <TextInput label={t('field.size')} maxLength={100} {...form.getInputProps('size')} />
            <Autocomplete
              label={t('field.country')}
              maxLength={100}
              data={countries}
              {...form.getInputProps('country')}
            />
            <TextInput label={t('field.region')} maxLength={200} {...form.getInputProps('region')} />
            <DateInput
              label={t('field.created_day')}
              clearable
              clearButtonProps={{ 'aria-label': t('common:clear') }}
              valueFormat={language === 'ja' ? 'YYYY/M/D' : 'D MMM YYYY'}
              {...form.getInputProps('created_day')}
            />
          </SimpleGrid>
          <TagsInput
            label={t('field.domains')}
            description={t('edit.domainsHelp')}
            {...form.getInputProps('domains')}
          />
          {attributes.length > 0 && (
            <fieldset className={classes.fieldset}>
              <legend>{t('edit.attributes')}</legend>
              <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
                {attributes.map((attribute) => (
                  <AttributeInput
                    key={attribute.key}
                    attribute={attribute}
                    value={form.values.attributes[attribute.key] ?? null}
                    error={form.errors[`attributes.${attribute.key}`]}
                    onChange={(value) =>
                      form.setFieldValue('attributes', (values) => ({ ...values, [attribute.key]: value }))
                    }
                  />
                ))}
              </SimpleGrid>
            </fieldset>
          )}
          <Textarea
            label={t('edit.why')}
            description={t('edit.whyHelp')}
            autosize
            minRows={2}
            maxLength={500}
            {...form.getInputProps('why')}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const countries = ['JP', 'US', 'GB', 'DE', 'FR', 'SG', 'AU', 'TH', 'TW', 'KR', 'CN', 'IN'];
