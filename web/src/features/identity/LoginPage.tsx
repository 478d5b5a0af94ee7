import { Alert, Button, Stack, Text, TextInput, Title, useMantineColorScheme } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../components/problem-text';
import { carryOut } from '../../lib/carry-out';
import { FrontDoor } from './FrontDoor';
import { PasswordField } from './PasswordField';
import { isSignedIn, useLogIn } from './session';

export function LoginPage() {
  const { t, i18n } = useTranslation('identity');
  const router = useRouter();
  const logIn = useLogIn();
  const { setColorScheme } = useMantineColorScheme();
  const problem = useProblemText(logIn.error);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t('login.emailMissing') : null),
      password: (value) => (value === '' ? t('login.passwordMissing') : null),
    },
  });
  useEffect(() => {
    document.title = `${t('login.title')} · Banso`;
  }, [t]);

  const submit = form.onSubmit((values) =>
    carryOut(logIn, values, {
      onSuccess: (session) => {
        if (!isSignedIn(session)) return;
        setColorScheme(session.user.theme);
        void i18n.changeLanguage(session.user.language);
        // The guard of this page sends whoever is signed in to where they wanted to go.
        void router.invalidate();
      },
    }),
  );
  return (
    <FrontDoor>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Title order={1}>{t('login.title')}</Title>
          {logIn.isError && (
            <Alert color="red" variant="light" role="alert">
              <Text fz="sm">{problem.detail ?? problem.title}</Text>
            </Alert>
          )}
          <TextInput
            label={t('field.email')}
            type="email"
            autoComplete="username"
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordField
            label={t('field.password')}
            autoComplete="current-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth loading={logIn.isPending}>
            {t('login.submit')}
          </Button>
          <Text fz="xs" c="dimmed">
            {t('login.forgotten')}
          </Text>
        </Stack>
      </form>
    </FrontDoor>
  );
}
