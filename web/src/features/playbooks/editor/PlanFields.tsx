import { useTranslation } from 'react-i18next';
import { DefinitionSelect } from './CommunicationFields';
import type { FieldsProps } from './StepForm';

/** From which template the plan is made; left empty, each account gets the one that fits it. */
export function PlanFields({ step, change, readOnly }: FieldsProps) {
  const { t } = useTranslation('playbooks');
  return (
    <DefinitionSelect
      kind="plan_template"
      label={t('step.planTemplate')}
      mayBeEmpty
      readOnly={readOnly}
      value={step.template ?? ''}
      onChange={(template) => change({ template: template || undefined })}
    />
  );
}
