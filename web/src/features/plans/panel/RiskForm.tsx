import { Checkbox, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Risk } from '../../../api/plans';
import { WordsPair } from '../../../components/WordsPair';
import { DayField } from '../DayField';
import { isNamed } from '../edit';
import { useEditing } from '../editing';
import { FormFrame } from './FormFrame';

export const riskSeverities = ['high', 'medium', 'low'] as const;

export function RiskForm({ risk, isNew }: { risk: Risk; isNew: boolean }) {
  const { t } = useTranslation('plans');
  const { plan } = useEditing();
  return (
    <FormFrame kind="risk" item={risk} isNew={isNew} lack={({ name }) => (isNamed(name) ? null : 'name')}>
      {(draft, change) => (
        <>
          <WordsPair
            label={t('kind.risk')}
            required
            maxLength={100}
            value={draft.name}
            onChange={(name) => change({ name })}
          />
          <Select
            label={t('field.severity')}
            allowDeselect={false}
            data={riskSeverities.map((severity) => ({ value: severity, label: t(`severity.${severity}`) }))}
            value={draft.severity}
            onChange={(next) => {
              const severity = riskSeverities.find((each) => each === next);
              if (severity) change({ severity });
            }}
          />
          <WordsPair
            label={t('field.mitigation')}
            maxLength={1000}
            value={draft.mitigation}
            onChange={(mitigation) => change({ mitigation })}
          />
          <Checkbox
            label={t('field.internal')}
            description={t('field.internalHelp')}
            checked={draft.internal}
            onChange={(event) => change({ internal: event.currentTarget.checked })}
          />
          {plan && (
            <DayField
              label={t('field.riskClosed')}
              value={draft.closed_on}
              onChange={(closed_on) => change({ closed_on })}
            />
          )}
        </>
      )}
    </FormFrame>
  );
}
