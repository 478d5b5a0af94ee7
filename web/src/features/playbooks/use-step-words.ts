import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';
import { useLanguage } from '../../lib/viewer';
import type { Port, PortName } from './graph/ports';
import type { Step } from './playbook';

/** A step in a few words: what stands below its name in the graph and in the list. */
export function useStepSummary() {
  const { t } = useTranslation('playbooks');
  const fields = useBookFilterFields();
  return useCallback(
    (step: Step): string => {
      const field = (name: string | undefined) => fields?.find((each) => each.name === name)?.label ?? name ?? '';
      const role = (name: string | undefined) => t(`rules:role.${(name ?? 'csm') as 'csm'}`);
      switch (step.kind) {
        case 'task':
        case 'approval':
        case 'open_call':
          return t('summary.deed', { role: role(step.role), count: step.due_business_days ?? 3 });
        case 'email':
          return step.template ? t('summary.template', { key: step.template }) : t('summary.noTemplate');
        case 'survey':
          return step.survey ? t('summary.survey', { key: step.survey }) : t('summary.noSurvey');
        case 'wait':
          if (step.until_field !== undefined) return daysAround(t, field(step.until_field), step.days_after ?? 0);
          if (step.until_condition !== undefined) return t('summary.untilCondition');
          return step.days !== undefined
            ? t('summary.days', { count: step.days })
            : t('summary.businessDays', { count: step.business_days ?? 0 });
        case 'branch':
          return t('summary.cases', { count: step.cases?.length ?? 0 });
        case 'set_field':
          return t('summary.set', { field: field(step.field), value: step.value || '–' });
        case 'webhook':
        case 'message':
          return step.url_secret ? t('summary.secret', { name: step.url_secret }) : hostOf(step.url);
        case 'plan':
          return step.template ? t('summary.template', { key: step.template }) : t('summary.fittingPlan');
        case 'confirm_plan':
          return t('summary.confirmPlan');
        case 'playbook':
          return step.playbook || t('summary.noPlaybook');
        case 'end':
          return t(`outcome.${(step.outcome ?? 'success') as 'success'}`);
      }
    },
    [t, fields],
  );
}

type Translate = ReturnType<typeof useTranslation<'playbooks'>>['t'];

function daysAround(t: Translate, field: string, days: number): string {
  if (days === 0) return t('summary.onDay', { field });
  return days < 0 ? t('summary.daysBefore', { field, days: -days }) : t('summary.daysAfter', { field, days });
}

function hostOf(url: string | undefined): string {
  try {
    return url ? new URL(url).host : '–';
  } catch {
    return url ?? '–';
  }
}

/** What is written on the ways out of a step; nothing on the usual one. */
export function usePortWords() {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  return useCallback(
    (step: Step | undefined, port: PortName, label: Port['label']): string => {
      if (label) return label[language] || t('port.case');
      if (port === 'next') return step?.kind === 'approval' ? t('port.approved') : '';
      if (port === 'timeout') return t(step?.until_field !== undefined ? 'port.noDay' : 'port.timeout');
      if (port === 'rejected' || port === 'skipped') return t(`port.${port}`);
      return t('port.otherwise');
    },
    [t, language],
  );
}

/** The name of a step, or of its kind while it has none. */
export function useStepName() {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  return useCallback((step: Step): string => step.name[language] || t(`kind.${step.kind}`), [t, language]);
}
