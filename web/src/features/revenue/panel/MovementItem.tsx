import { Anchor, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import type { Movement } from '../types';
import { useFigureName } from '../use-figure-names';
import { useSignedMoney } from '../use-money';
import { ContractTable } from './ContractTable';
import classes from './Panel.module.css';

interface MovementItemProps {
  movement: Movement;
  currency: string;
  isOpenAtFirst: boolean;
  /** Several kinds stand in one list. */
  showsKind: boolean;
}

/** One account's movement, and below it the contracts that made it. */
export function MovementItem({ movement, currency, isOpenAtFirst, showsKind }: MovementItemProps) {
  const { t } = useTranslation('revenue');
  const name = useFigureName();
  const signed = useSignedMoney(currency);
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const contractsId = useId();
  const { account, amount, day, kind, rows } = movement;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <div className={classes.movement}>
        <UnstyledButton
          className={classes.chevron}
          aria-expanded={isOpen}
          aria-controls={isOpen ? contractsId : undefined}
          aria-label={t('panel.contractsOf', { name: account.name })}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron size={15} stroke={1.8} />
        </UnstyledButton>
        <div className={classes.who}>
          <Anchor
            fz="sm"
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
          <Text fz="xs" c="dimmed">
            {showsKind && `${name(kind)} · `}
            <DateText value={day} form="absolute" />
          </Text>
        </div>
        <b className="tabular">{signed.exact(amount)}</b>
      </div>
      {isOpen && (
        <div id={contractsId} className={classes.contracts}>
          <ContractTable rows={rows} currency={currency} label={t('panel.contractsOf', { name: account.name })} />
        </div>
      )}
    </li>
  );
}
