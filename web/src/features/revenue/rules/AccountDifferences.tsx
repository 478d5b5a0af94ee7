import { Anchor, Button, Text, Title, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../../lib/viewer';
import type { AmountKey, RulesComparison, RulesDifference } from '../types';
import { useFigureName } from '../use-figure-names';
import { useSignedMoney } from '../use-money';
import { accountsApart, kindsApart } from './compared';
import { ChangeList } from './ChangeList';
import classes from './Rules.module.css';

const shownAtFirst = 12;

interface AccountDifferencesProps {
  comparison: RulesComparison;
  kind: AmountKey;
  isFetching: boolean;
  onMore: () => void;
}

/** The customers that make the difference, why, and the contracts as either way counts them. */
export function AccountDifferences({ comparison, kind, isFetching, onMore }: AccountDifferencesProps) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const name = useFigureName();
  const signed = useSignedMoney(comparison.currency);
  const { items, total, months } = comparison;
  const apart = accountsApart(items, kind);
  const whole = kindsApart(months).find(({ key }) => key === kind);
  const difference = whole ? whole.right - whole.left : 0;
  const sum = apart.reduce((all, { amount }) => all + amount, 0);
  const isAllHere = items.length >= total;
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll || apart.length <= shownAtFirst + 1 ? apart : apart.slice(0, shownAtFirst);
  const others = apart.slice(shown.length);
  return (
    <section>
      <Title order={2} mb={4}>
        {t('rules.byAccount', { figure: name(kind) })}
      </Title>
      {apart.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('rules.noAccounts')}
        </Text>
      ) : (
        <ul className={classes.accounts}>
          {shown.map(({ difference: item, amount }) => (
            <AccountRow key={item.account.id} item={item} amount={amount} comparison={comparison} />
          ))}
          {others.length > 0 && (
            <li className={classes.others}>
              <Button size="compact-sm" variant="default" onClick={() => setShowsAll(true)}>
                {t('rules.showAll', { count: apart.length })}
              </Button>
              <span>{t('rules.others', { count: others.length })}</span>
              <span className="tabular">{signed.exact(others.reduce((all, { amount }) => all + amount, 0))}</span>
            </li>
          )}
          <li className={classes.sum}>
            <span>{t('rules.sumOf', { count: apart.length })}</span>
            <b className="tabular">{signed.exact(sum)}</b>
          </li>
        </ul>
      )}
      {isAllHere ? (
        <Text fz="xs" mt={6} c={sum === difference ? 'dimmed' : 'red'} data-balanced={sum === difference}>
          {sum === difference && <IconCheck size={14} stroke={2} aria-hidden style={{ verticalAlign: -2 }} />}{' '}
          {t(sum === difference ? 'rules.addsUp' : 'rules.doesNotAddUp', { amount: signed.exact(difference) })}
        </Text>
      ) : (
        <Button mt="sm" size="xs" variant="default" loading={isFetching} onClick={onMore}>
          {t('panel.more', { formatted: format.number(total - items.length) })}
        </Button>
      )}
    </section>
  );
}

function AccountRow({
  item,
  amount,
  comparison,
}: {
  item: RulesDifference;
  amount: number;
  comparison: RulesComparison;
}) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const signed = useSignedMoney(comparison.currency);
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const { account, reasons, left_changes, right_changes } = item;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <div className={classes.account}>
        <UnstyledButton
          aria-expanded={isOpen}
          aria-controls={isOpen ? detailsId : undefined}
          aria-label={t('rules.rowsOf', { name: account.name })}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron size={16} stroke={1.8} />
        </UnstyledButton>
        <span>
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
          <Text fz="xs" c="dimmed" component="span" display="block">
            {reasons.map((reason) => reason[language]).join(language === 'ja' ? '' : ' ')}
          </Text>
        </span>
        <b className="tabular">{signed.exact(amount)}</b>
      </div>
      {isOpen && (
        <div id={detailsId} className={classes.sides}>
          <ChangeList title={comparison.left.name[language]} changes={left_changes} currency={comparison.currency} />
          <ChangeList title={comparison.right.name[language]} changes={right_changes} currency={comparison.currency} />
        </div>
      )}
    </li>
  );
}
