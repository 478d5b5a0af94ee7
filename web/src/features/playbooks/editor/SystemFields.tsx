import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useBookFilterFields } from '../../../components/filter/use-book-filter-fields';
import { PlaybookSelect } from '../../../components/rules/PlaybookSelect';
import { secretsQuery } from '../requests';
import type { FieldsProps } from './StepForm';

const outcomes = ['success', 'no_effect', 'lost', 'stopped'] as const;

/** What the run does to records and other systems, and how it ends. */
export function SystemFields(props: FieldsProps) {
  const { step, change, readOnly } = props;
  const { t } = useTranslation('playbooks');
  if (step.kind === 'set_field') return <SetField {...props} />;
  if (step.kind === 'webhook')
    return (
      <>
        <Address {...props} />
        <Textarea
          label={t('step.body')}
          description={t('step.bodyHelp')}
          autosize
          minRows={3}
          maxRows={16}
          ff="monospace"
          readOnly={readOnly}
          value={step.body ?? ''}
          onChange={(event) => change({ body: event.currentTarget.value }, 'body')}
        />
        <SecretSelect
          label={t('step.signature')}
          description={t('step.signatureHelp')}
          readOnly={readOnly}
          value={step.secret ?? ''}
          onChange={(secret) => change({ secret })}
        />
      </>
    );
  if (step.kind === 'playbook')
    return (
      <>
        <PlaybookSelect
          label={t('step.playbook')}
          required
          readOnly={readOnly}
          value={step.playbook ?? ''}
          onChange={(playbook) => change({ playbook })}
        />
        <Switch
          label={t('step.waitsForRun')}
          disabled={readOnly}
          checked={step.wait ?? false}
          onChange={(event) => change({ wait: event.currentTarget.checked })}
        />
      </>
    );
  return (
    <Select
      label={t('step.outcome')}
      allowDeselect={false}
      readOnly={readOnly}
      data={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
      value={step.outcome ?? 'success'}
      onChange={(outcome) => outcome && change({ outcome })}
    />
  );
}

function SetField({ step, change, readOnly }: FieldsProps) {
  const { t } = useTranslation('playbooks');
  const fields = useBookFilterFields();
  const settable = (fields ?? []).filter(
    ({ name }) => name === 'phase' || name === 'owner' || name.startsWith('attribute.'),
  );
  const choices = settable.find(({ name }) => name === step.field)?.choices;
  return (
    <>
      <Select
        label={t('step.field')}
        searchable
        allowDeselect={false}
        readOnly={readOnly}
        data={settable.map(({ name, label }) => ({ value: name, label }))}
        value={step.field ?? null}
        onChange={(field) => field && change({ field, value: '' })}
      />
      {choices && choices.length > 0 ? (
        <Select
          label={t('step.value')}
          searchable
          clearable
          readOnly={readOnly}
          data={choices}
          value={step.value || null}
          onChange={(value) => change({ value: value ?? '' })}
        />
      ) : (
        <TextInput
          label={t('step.value')}
          readOnly={readOnly}
          maxLength={500}
          value={step.value ?? ''}
          onChange={(event) => change({ value: event.currentTarget.value }, 'value')}
        />
      )}
    </>
  );
}

/** Either said here, or kept as a secret that nobody can read back. */
export function Address({ step, change, readOnly }: FieldsProps) {
  const { t } = useTranslation('playbooks');
  const isSecret = step.url_secret !== undefined;
  return (
    <>
      <Switch
        label={t('step.urlIsSecret')}
        description={t('step.urlIsSecretHelp')}
        disabled={readOnly}
        checked={isSecret}
        onChange={(event) =>
          change(event.currentTarget.checked ? { url: undefined, url_secret: '' } : { url: '', url_secret: undefined })
        }
      />
      {isSecret ? (
        <SecretSelect
          label={t('step.url')}
          readOnly={readOnly}
          value={step.url_secret ?? ''}
          onChange={(url_secret) => change({ url_secret })}
        />
      ) : (
        <TextInput
          label={t('step.url')}
          placeholder="https://"
          type="url"
          readOnly={readOnly}
          maxLength={2000}
          value={step.url ?? ''}
          onChange={(event) => change({ url: event.currentTarget.value }, 'url')}
        />
      )}
    </>
  );
}

interface SecretSelectProps {
  label: string;
  description?: string;
  value: string;
  onChange: (name: string) => void;
  readOnly: boolean;
}

function SecretSelect({ label, description, value, onChange, readOnly }: SecretSelectProps) {
  const { t } = useTranslation('playbooks');
  const secrets = useQuery(secretsQuery);
  const names = new Set([...(secrets.data?.items.map(({ name }) => name) ?? []), ...(value ? [value] : [])]);
  return (
    <Select
      label={label}
      description={description}
      searchable
      clearable
      readOnly={readOnly}
      placeholder={t('step.choose')}
      nothingFoundMessage={t('step.noSecret')}
      data={[...names]}
      value={value || null}
      onChange={(name) => onChange(name ?? '')}
    />
  );
}
