import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { minPasswordLength } from './choices';
import { PasswordField } from './PasswordField';
import { useSetPassword } from './users';

interface PasswordFormProps {
  userId: number;
  /** One's own password is only changed by somebody who knows the current one. */
  needsCurrent: boolean;
}

export function PasswordForm({ userId, needsCurrent }: PasswordFormProps) {
  const { t } = useTranslation('identity');
  const setPassword = useSetPassword();
  const form = useForm({
    initialValues: { current_password: '', password: '' },
    validate: {
      current_password: (value) => (needsCurrent && value === '' ? t('password.currentMissing') : null),
      password: (value) =>
        value.length < minPasswordLength ? t('field.passwordTooShort', { count: minPasswordLength }) : null,
    },
  });
  const submit = form.onSubmit(({ password, current_password }) =>
    carryOut(
      setPassword,
      { id: userId, password, ...(needsCurrent && { current_password }) },
      {
        onSuccess: () => {
          form.reset();
          showToast(t('password.changed'));
        },
        onError: (error) => {
          const fields = isProblem(error) ? error.fieldErrors : {};
          if (Object.keys(fields).length > 0) form.setErrors(fields);
          else showProblem(error);
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" align="stretch">
        {needsCurrent && (
          <PasswordField
            label={t('password.current')}
            autoComplete="current-password"
            {...form.getInputProps('current_password')}
          />
        )}
        <PasswordField
          label={t('password.new')}
          description={t('field.passwordRule', { count: minPasswordLength })}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Button type="submit" variant="default" loading={setPassword.isPending} style={{ alignSelf: 'flex-start' }}>
          {t('password.submit')}
        </Button>
      </Stack>
    </form>
  );
}
