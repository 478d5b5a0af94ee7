import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds } from '../../../api/definitions';
import { confirm } from '../../../components/confirm';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { rulesQuery } from '../revenue';
import type { RulesBody } from '../types';

/**
 * The workspace counts by one set, whose key never changes so that links and exports stay. Making another the default
 * means to draft these switches for it; publishing them, with a reason, is the next step.
 */
export function MakeDefault({ body }: { body: RulesBody }) {
  const { t } = useTranslation('revenue');
  const navigate = useNavigate();
  const own = useQuery(rulesQuery).data?.items.find(({ is_default }) => is_default);
  const { saveDraft } = useDefinitionDeeds<RulesBody>('revenue_rules', own?.key ?? '');
  if (!own) return null;
  const ask = () =>
    confirm({
      title: t('rules.makeDefaultTitle'),
      children: t('rules.makeDefaultDetail'),
      confirmLabel: t('rules.makeDefault'),
      onConfirm: () =>
        carryOut(saveDraft, body, {
          onSuccess: () => {
            showToast(t('rules.drafted'));
            void navigate({ to: '/revenue/rules/$key', params: { key: own.key } });
          },
          onError: showProblem,
        }),
    });
  return (
    <Button variant="default" onClick={ask} loading={saveDraft.isPending}>
      {t('rules.makeDefault')}
    </Button>
  );
}
