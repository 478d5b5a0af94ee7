import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractDialog } from '../../../components/contracts/ContractDialog';
import { DateText } from '../../../components/DateText';
import { InstantText } from '../../../components/InstantText';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useFormat, useLanguage, useMayDefine, useMayEdit } from '../../../lib/viewer';
import { ContractName } from '../panel/ContractName';
import { useRevenueDeeds } from '../revenue';
import type { ContractRow, Fault } from '../types';
import { AcceptFault } from './AcceptFault';
import classes from './Mend.module.css';

/** One thing to mend: whose, what, how it is counted now, and the contracts in question with the way to change them. */
export function FaultItem({ fault }: { fault: Fault }) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const { reopenFault } = useRevenueDeeds();
  const [isAccepting, setAccepting] = useState(false);
  const { account, text, treatment, rows, day, state, reason, accepted_by, accepted_at } = fault;
  const isAboutRates = fault.code === 'currency_without_rate';
  const reopen = () =>
    carryOut(reopenFault, fault.id, { onSuccess: () => showToast(t('mend.reopened')), onError: showProblem });
  return (
    <li>
      <div className={classes.faultHead}>
        <Anchor
          fz="sm"
          fw={600}
          renderRoot={(props) => (
            <Link
              to="/accounts/$accountId"
              params={{ accountId: String(account.id) }}
              search={{ tab: 'contracts' }}
              {...props}
            />
          )}
        >
          {account.name}
        </Anchor>
        <Text span fz="xs" c="dimmed">
          <DateText value={day} form="absolute" />
        </Text>
      </div>
      <Text fz="sm">{text[language]}</Text>
      <Text fz="xs" c="dimmed">
        {t('mend.treatment')} {treatment[language]}
      </Text>
      <ul className={classes.contracts}>
        {rows.map((row) => (
          <ContractLine key={`${row.subscription_id} ${row.known_from}`} row={row} accountId={String(account.id)} />
        ))}
      </ul>
      {state === 'accepted' && (
        <Text fz="sm" mb={6}>
          {t('mend.acceptedFor', { reason })}{' '}
          <Text span fz="xs" c="dimmed">
            {accepted_by}
            {accepted_at && (
              <>
                {' · '}
                <InstantText value={accepted_at} />
              </>
            )}
          </Text>
        </Text>
      )}
      <Group gap={8}>
        {isAboutRates && (
          <Button
            size="compact-sm"
            variant="default"
            renderRoot={(props) => <Link to="/revenue/mend" search={{ tab: 'rates' }} {...props} />}
          >
            {t('mend.addRate')}
          </Button>
        )}
        {mayDefine && state === 'open' && (
          <Button size="compact-sm" variant="default" onClick={() => setAccepting(true)}>
            {t('mend.accept')}
          </Button>
        )}
        {mayDefine && state === 'accepted' && (
          <Button size="compact-sm" variant="default" loading={reopenFault.isPending} onClick={reopen}>
            {t('mend.reopen')}
          </Button>
        )}
      </Group>
      <AcceptFault fault={fault} opened={isAccepting} onClose={() => setAccepting(false)} />
    </li>
  );
}

function ContractLine({ row, accountId }: { row: ContractRow; accountId: string }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const mayEdit = useMayEdit();
  const [isEditing, setEditing] = useState(false);
  return (
    <li>
      <span>
        <ContractName row={row} />
      </span>
      <span className="tabular">
        {format.moneyExact(row.amount)}
        <Text span fz="xs" c="dimmed" display="block">
          {t('mend.every', { count: row.billing_period_months })}
        </Text>
      </span>
      {mayEdit && (
        <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
          {t('mend.edit')}
        </Button>
      )}
      <ContractDialog
        accountId={accountId}
        what={isEditing ? { deed: 'edit', id: row.subscription_id } : null}
        onClose={() => setEditing(false)}
      />
    </li>
  );
}
