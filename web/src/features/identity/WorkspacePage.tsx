import { Button, Select, Stack, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client';
import { isProblem } from '../../api/problem';
import type { components, paths } from '../../api/schema';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { currencies, monthChoices, timeZones } from './choices';
import { isSignedIn, sessionQuery, useSignedIn } from './session';

type Workspace = components['schemas']['Workspace'];
type WorkspaceChange = NonNullable<paths['/api/workspace']['patch']['requestBody']>['content']['application/json'];

function useChangeWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: WorkspaceChange) => answer<Workspace>(api.PATCH('/api/workspace', { body })),
    onSuccess: (workspace) => {
      client.setQueryData(sessionQuery.queryKey, (session) =>
        session && isSignedIn(session) ? { ...session, workspace } : session,
      );
      // Currency, fiscal year and "today" change what every other page shows.
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    },
  });
}

/** Settings › Workspace: what holds for everybody. */
export function WorkspacePage() {
  const { t } = useTranslation('identity');
  const language = useLanguage();
  const { workspace } = useSignedIn();
  const change = useChangeWorkspace();
  const form = useForm({
    initialValues: {
      name: workspace.name,
      reporting_currency: workspace.reporting_currency,
      fiscal_year_start_month: String(workspace.fiscal_year_start_month),
      timezone: workspace.timezone,
      book_day: workspace.book_day_fixed ? workspace.book_day : null,
    },
    validate: { name: (value) => (value.trim() === '' ? t('setup.workspaceMissing') : null) },
  });
  const submit = form.onSubmit((values) =>
    carryOut(
      change,
      { ...values, fiscal_year_start_month: Number(values.fiscal_year_start_month) },
      {
        onSuccess: () => {
          form.resetDirty();
          showToast(t('workspace.saved'));
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
    <Page narrow>
      <PageHeader title={t('workspace.title')} subtitle={t('workspace.intro')} />
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={420}>
          <TextInput label={t('field.workspaceName')} {...form.getInputProps('name')} />
          <Select
            label={t('field.currency')}
            description={t('workspace.currencyHelp')}
            data={currencies}
            searchable
            allowDeselect={false}
            {...form.getInputProps('reporting_currency')}
          />
          <Select
            label={t('field.fiscalYearStart')}
            data={monthChoices(language)}
            allowDeselect={false}
            {...form.getInputProps('fiscal_year_start_month')}
          />
          <Select
            label={t('field.timezone')}
            data={timeZones()}
            searchable
            limit={50}
            allowDeselect={false}
            {...form.getInputProps('timezone')}
          />
          <DateInput
            label={t('workspace.bookDay')}
            description={t('workspace.bookDayHelp')}
            placeholder={t('workspace.bookDayFollows')}
            clearable
            clearButtonProps={{ 'aria-label': t('workspace.bookDayClear') }}
            valueFormat={language === 'ja' ? 'YYYY年M月D日' : 'D MMM YYYY'}
            {...form.getInputProps('book_day')}
          />
          <Button
            type="submit"
            loading={change.isPending}
            disabled={!form.isDirty()}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('common:save')}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}
