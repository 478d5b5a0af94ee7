import { Alert, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { useProblemText } from '../../components/problem-text';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { browserTimeZone, currencies, minPasswordLength, monthChoices, timeZones } from './choices';
import { FrontDoor } from './FrontDoor';
import { PasswordField } from './PasswordField';
import { useSetUp } from './session';

/** The first visit to a fresh installation: names the workspace and makes the first administrator. */
export function SetupPage() {
  const { t } = useTranslation('identity');
  const language = useLanguage();
  const router = useRouter();
  const setUp = useSetUp();
  const problem = useProblemText(setUp.error);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      workspace_name: '',
      name: '',
      email: '',
      password: '',
      reporting_currency: 'JPY',
      fiscal_year_start_month: '4',
      timezone: browserTimeZone(),
    },
    validate: {
      workspace_name: (value) => (value.trim() === '' ? t('setup.workspaceMissing') : null),
      name: (value) => (value.trim() === '' ? t('setup.nameMissing') : null),
      email: isEmail(t('setup.emailInvalid')),
      password: (value) =>
        value.length < minPasswordLength ? t('field.passwordTooShort', { count: minPasswordLength }) : null,
    },
  });
  useEffect(() => {
    document.title = `${t('setup.title')} · Banso`;
  }, [t]);

  const submit = form.onSubmit((values) =>
    carryOut(
      setUp,
      { ...values, language, fiscal_year_start_month: Number(values.fiscal_year_start_month) },
      {
        onSuccess: () => void router.navigate({ to: '/' }),
        onError: (error) => isProblem(error) && form.setErrors(error.fieldErrors),
      },
    ),
  );
  return (
    <FrontDoor wide>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <div>
            <Title order={1}>{t('setup.title')}</Title>
            <Text c="dimmed" fz="sm">
              {t('setup.intro')}
            </Text>
          </div>
          {setUp.isError && problem.fields.length === 0 && (
            <Alert color="red" variant="light" role="alert">
              <Text fz="sm">{problem.detail ?? problem.title}</Text>
            </Alert>
          )}
          <TextInput
            label={t('field.workspaceName')}
            description={t('setup.workspaceHelp')}
            autoFocus
            autoComplete="organization"
            key={form.key('workspace_name')}
            {...form.getInputProps('workspace_name')}
          />
          <Group grow align="flex-start">
            <Select
              label={t('field.currency')}
              data={currencies}
              searchable
              allowDeselect={false}
              key={form.key('reporting_currency')}
              {...form.getInputProps('reporting_currency')}
            />
            <Select
              label={t('field.fiscalYearStart')}
              data={monthChoices(language)}
              allowDeselect={false}
              key={form.key('fiscal_year_start_month')}
              {...form.getInputProps('fiscal_year_start_month')}
            />
          </Group>
          <Select
            label={t('field.timezone')}
            data={timeZones()}
            searchable
            limit={50}
            allowDeselect={false}
            key={form.key('timezone')}
            {...form.getInputProps('timezone')}
          />
          <Title order={2} mt="xs">
            {t('setup.administrator')}
          </Title>
          <TextInput
            label={t('field.name')}
            autoComplete="name"
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('field.email')}
            type="email"
            autoComplete="username"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordField
            label={t('field.password')}
            description={t('field.passwordRule', { count: minPasswordLength })}
            autoComplete="new-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={setUp.isPending}>
            {t('setup.submit')}
          </Button>
        </Stack>
      </form>
    </FrontDoor>
  );
}
