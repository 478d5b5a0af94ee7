import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { definitionsQuery, type DefinitionKind } from '../../../api/definitions';
import { useBookFilterFields } from '../../../components/filter/use-book-filter-fields';
import { FieldTextInput } from '../../../components/rules/FieldTextInput';
import { contactRoles } from '../../../components/rules/words';
import { RoleSelect } from '../../../components/rules/WordSelect';
import { useLanguage } from '../../../lib/viewer';
import { Address } from './SystemFields';
import type { FieldsProps } from './StepForm';
import classes from './Editor.module.css';

const mergeField = (field: string) => `{{${field}}}`;

/** What goes out: a mail, a survey, a message to a channel. */
export function CommunicationFields(props: FieldsProps) {
  const { step, change, readOnly } = props;
  const { t } = useTranslation('playbooks');
  const fields = useBookFilterFields();
  if (step.kind === 'message')
    return (
      <>
        <Address {...props} />
        <FieldTextInput
          label={t('step.text')}
          description={t('step.textHelp')}
          required
          rows={3}
          readOnly={readOnly}
          fields={fields}
          placeholderOf={mergeField}
          value={step.text}
          onChange={(text) => change({ text }, 'text')}
        />
        <Select
          label={t('step.language')}
          allowDeselect={false}
          readOnly={readOnly}
          data={(['both', 'ja', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          value={step.language ?? 'both'}
          onChange={(language) => language && change({ language })}
        />
      </>
    );
  return (
    <>
      {step.kind === 'email' ? (
        <DefinitionSelect
          kind="mail_template"
          label={t('step.template')}
          readOnly={readOnly}
          value={step.template ?? ''}
          onChange={(template) => change({ template })}
        />
      ) : (
        <DefinitionSelect
          kind="survey"
          label={t('step.survey')}
          readOnly={readOnly}
          value={step.survey ?? ''}
          onChange={(survey) => change({ survey })}
        />
      )}
      <MultiSelect
        label={t('step.to')}
        description={t('step.toHelp')}
        required
        readOnly={readOnly}
        data={contactRoles.map((value) => ({ value, label: t(`contactRole.${value}`) }))}
        value={step.to?.roles ?? []}
        onChange={(roles) => change({ to: { roles, at_most: step.to?.at_most ?? 1 } })}
      />
      <div className={classes.fields}>
        <NumberInput
          label={t('step.atMost')}
          suffix={t('unit.people')}
          min={1}
          max={20}
          allowDecimal={false}
          readOnly={readOnly}
          value={step.to?.at_most ?? 1}
          onChange={(at_most) =>
            typeof at_most === 'number' && change({ to: { roles: step.to?.roles ?? [], at_most } }, 'to')
          }
        />
        <NumberInput
          label={t('step.holdout')}
          description={t('step.holdoutHelp')}
          suffix=" %"
          min={0}
          max={90}
          allowDecimal={false}
          readOnly={readOnly}
          value={step.holdout_percent ?? 0}
          onChange={(holdout_percent) =>
            typeof holdout_percent === 'number' && change({ holdout_percent }, 'holdout_percent')
          }
        />
        {step.kind === 'email' && (
          <RoleSelect
            label={t('step.sender')}
            readOnly={readOnly}
            value={step.sender ?? 'csm'}
            onChange={(sender) => change({ sender })}
          />
        )}
      </div>
    </>
  );
}

interface DefinitionSelectProps {
  kind: DefinitionKind;
  label: string;
  value: string;
  onChange: (key: string) => void;
  readOnly: boolean;
  mayBeEmpty?: boolean;
}

/** One of what is defined of a kind, by its name; what is not published yet says so. */
export function DefinitionSelect({ kind, label, value, onChange, readOnly, mayBeEmpty }: DefinitionSelectProps) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const definitions = useQuery(definitionsQuery(kind));
  const data = (definitions.data ?? []).map(({ key, name, version }) => ({
    value: key,
    label: version > 0 ? name[language] || key : t('step.unpublished', { name: name[language] || key }),
  }));
  const isKnown = value === '' || data.some((choice) => choice.value === value);
  return (
    <Select
      label={label}
      required={!mayBeEmpty}
      clearable={mayBeEmpty}
      clearButtonProps={{ 'aria-label': t('common:clear') }}
      searchable
      readOnly={readOnly}
      placeholder={t('step.choose')}
      nothingFoundMessage={t('step.nothing')}
      data={isKnown ? data : [...data, { value, label: value }]}
      value={value || null}
      onChange={(key) => onChange(key ?? '')}
    />
  );
}
