import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import type { Language } from '../../lib/language';
import { useLanguage } from '../../lib/viewer';
import { minPasswordLength } from './choices';
import { PasswordField } from './PasswordField';
import { RoleSelect } from './RoleSelect';
import { useCreateUser, type Role } from './users';

interface NewUserModalProps {
  opened: boolean;
  onClose: () => void;
}

export function NewUserModal({ opened, onClose }: NewUserModalProps) {
  const { t } = useTranslation('identity');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('users.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <NewUserForm onClose={onClose} />}
    </Modal>
  );
}

function NewUserForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('identity');
  const language = useLanguage();
  const create = useCreateUser();
  const form = useForm({
    initialValues: { name: '', email: '', role: 'csm' as Role, language, password: '' },
    validate: {
      name: (value) => (value.trim() === '' ? t('setup.nameMissing') : null),
      email: isEmail(t('setup.emailInvalid')),
      password: (value) =>
        value.length < minPasswordLength ? t('field.passwordTooShort', { count: minPasswordLength }) : null,
    },
  });
  const submit = form.onSubmit((values) =>
    carryOut(create, values, {
      onSuccess: (user) => {
        showToast(t('users.added', { name: user.name }));
        onClose();
      },
      onError: (error) => {
        const fields = isProblem(error) ? error.fieldErrors : {};
        if (Object.keys(fields).length > 0) form.setErrors(fields);
        else showProblem(error);
      },
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput label={t('field.name')} data-autofocus {...form.getInputProps('name')} />
        <TextInput label={t('field.email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
        <RoleSelect value={form.values.role} onChange={(role) => form.setFieldValue('role', role)} />
        <div>
          <Text fz="sm" fw={500} mb={4}>
            {t('language')}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('language')}
            value={form.values.language}
            onChange={(value) => form.setFieldValue('language', value as Language)}
            data={[
              { value: 'ja', label: '日本語' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        <PasswordField
          label={t('users.firstPassword')}
          description={t('users.firstPasswordHelp', { count: minPasswordLength })}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('users.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
