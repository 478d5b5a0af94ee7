import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/viewer';
import type { Executive, NamedMovement } from '../types';
import { useFigureName } from '../use-figure-names';
import { useMoney, useSignedMoney } from '../use-money';
import { Card } from './Card';
import classes from './Executive.module.css';

const shown = 6;

/** The movements of the month that a board asks about by name, or its wins. */
export function NamedMovements({ data, list }: { data: Executive; list: 'largest' | 'wins' }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const items = (list === 'wins' ? data.wins : data.largest_movements).slice(0, shown);
  return (
    <Card
      title={t(`executive.${list}`)}
      help={t(`executive.${list}Help`)}
      period={`${format.month(data.month)} · MRR`}
      size="middle"
    >
      {items.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t(list === 'wins' ? 'executive.noWins' : 'executive.noMovements')}
        </Text>
      ) : (
        <ul className={classes.named}>
          {items.map((item, index) => (
            <Line key={`${item.account.id} ${item.kind} ${index}`} item={item} currency={data.currency} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Line({ item, currency }: { item: NamedMovement; currency: string }) {
  const { t } = useTranslation('revenue');
  const name = useFigureName();
  const money = useMoney(currency);
  const signed = useSignedMoney(currency);
  const { account, kind, amount } = item;
  return (
    <li>
      <Anchor
        className={classes.accountName}
        title={account.name}
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
      <span className={classes.kind}>{kind === 'renewal' ? t('executive.renewal') : name(kind)}</span>
      <b className="tabular" data-fall={amount < 0 || undefined}>
        {kind === 'renewal' ? money.short(amount) : signed.short(amount)}
      </b>
    </li>
  );
}
