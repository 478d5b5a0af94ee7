import { Anchor, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { planTemplatesQuery, useCreatePlan, wordsIn, type Plan } from '../../api/plans';
import { isProblem } from '../../api/problem';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { AccountSelect, type ChosenAccount } from '../AccountSelect';
import { ErrorState } from '../ErrorState';
import { showToast } from '../toast';

interface NewPlanDialogProps {
  /** For whom; "ask" lets one be chosen; null while the dialog is closed. */
  account: number | 'ask' | null;
  onClose: () => void;
  onCreated: (plan: Plan) => void;
}

/** Makes a draft from a template or an empty one. */
export function NewPlanDialog({ account, onClose, onCreated }: NewPlanDialogProps) {
  const { t } = useTranslation('goals');
  return (
    <Modal
      opened={account !== null}
      onClose={onClose}
      title={t('create.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {account !== null && <NewPlanForm given={account} onClose={onClose} onCreated={onCreated} />}
    </Modal>
  );
}

const fitting = 'fitting';
const blank = 'blank';

function NewPlanForm({ given, onClose, onCreated }: Omit<NewPlanDialogProps, 'account'> & { given: number | 'ask' }) {
  const { t } = useTranslation('goals');
  const language = useLanguage();
  const [chosen, setChosen] = useState<ChosenAccount | null>(null);
  const [template, setTemplate] = useState(fitting);
  const account = given === 'ask' ? chosen?.id : given;
  const { data: templates } = useQuery(planTemplatesQuery(account));
  const create = useCreatePlan();
  const send = () =>
    account !== undefined &&
    carryOut(
      create,
      {
        account_id: account,
        ...(template === blank && { blank: true }),
        ...(template !== blank && template !== fitting && { template: template.slice(1) }),
      },
      {
        onSuccess: (plan) => {
          showToast(t('create.created'));
          onCreated(plan);
        },
      },
    );
  const items = templates?.items ?? [];
  return (
    <Stack gap="md">
      {given === 'ask' && <AccountSelect label={t('create.account')} value={chosen} onChange={setChosen} />}
      <Select
        label={t('create.template')}
        description={t('create.help')}
        allowDeselect={false}
        data={[
          ...(items.length > 0 ? [{ value: fitting, label: t('create.fitting') }] : []),
          // Marked, so that a template may have any key.
          ...items.map(({ key, name, fits }) => ({
            value: `=${key}`,
            label: fits ? t('create.fits', { name: wordsIn(name, language) }) : wordsIn(name, language),
          })),
          { value: blank, label: t('create.blank') },
        ]}
        value={items.length === 0 && template === fitting ? blank : template}
        onChange={(next) => next && setTemplate(next)}
      />
      {create.isError &&
        (isProblem(create.error, 409) && account !== undefined ? (
          <Text fz="sm" role="alert">
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link
                  to="/accounts/$accountId"
                  params={{ accountId: String(account) }}
                  search={{ tab: 'plan' as const }}
                  {...props}
                />
              )}
            >
              {t('create.exists')}
            </Anchor>
          </Text>
        ) : (
          <ErrorState error={create.error} />
        ))}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button onClick={send} disabled={account === undefined} loading={create.isPending}>
          {t('create.create')}
        </Button>
      </Group>
    </Stack>
  );
}
