import { Button, Menu } from '@mantine/core';
import { IconDots, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../api/plans';
import { useMayEdit } from '../../lib/viewer';
import { SendDialog } from './agreement/SendDialog';
import { ToldDialog } from './agreement/ToldDialog';
import { CloseDialog } from './CloseDialog';
import type { PlanDeeds } from './use-plan-deeds';

/** What one does with the plan as a whole: send it to be confirmed, note what was said, close it. */
export function PlanActions({ plan, deeds }: { plan: Plan; deeds: PlanDeeds }) {
  const { t } = useTranslation('plans');
  const mayEdit = useMayEdit();
  const [dialog, setDialog] = useState<'send' | 'told' | 'close' | null>(null);
  if (!mayEdit) return null;
  const close = () => setDialog(null);
  if (plan.state === 'closed')
    return (
      <Button variant="default" onClick={deeds.reopen} loading={deeds.isBusy}>
        {t('reopen')}
      </Button>
    );
  return (
    <>
      <Button
        variant={plan.sent && !plan.sent.has_newer ? 'default' : 'filled'}
        leftSection={<IconSend size={15} aria-hidden />}
        onClick={() => setDialog('send')}
      >
        {plan.sent ? t('send.again') : t('send.open')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={8} aria-label={t('more')}>
            <IconDots size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('told')} disabled={!plan.sent}>
            {t('told.open')}
          </Menu.Item>
          <Menu.Item onClick={() => setDialog('close')}>{t('close.open')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SendDialog plan={plan} deeds={deeds} opened={dialog === 'send'} onClose={close} />
      <ToldDialog plan={plan} deeds={deeds} opened={dialog === 'told'} onClose={close} />
      <CloseDialog plan={plan} deeds={deeds} opened={dialog === 'close'} onClose={close} />
    </>
  );
}
