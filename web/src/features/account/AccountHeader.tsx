import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LiveDot } from '../../components/LiveDot';
import { PageHeader } from '../../components/PageHeader';
import { useKnownWord } from '../../lib/known-words/known-words';
import classes from './Account.module.css';
import { AccountActions } from './AccountActions';
import { HeaderFigures } from './HeaderFigures';
import { HeaderScore } from './HeaderScore';
import { Lead } from './overview/Lead';
import type { Subject } from './requests';
import type { Account, InteractionKind, Named } from './types';

interface AccountHeaderProps {
  account: Account;
  subject: Subject;
  onCompose: (kind: InteractionKind) => void;
  onEdit: () => void;
}

/** Who the customer is, what they want, how they are doing, and what is coming. */
export function AccountHeader({ account, subject, onCompose, onEdit }: AccountHeaderProps) {
  const { t } = useTranslation('account');
  return (
    <div className={classes.header}>
      <PageHeader
        title={account.name}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/book" {...props} />}>
            {t('header.book')}
          </Anchor>
        }
        actions={
          <>
            {subject.asOf === undefined && <LiveDot />}
            <AccountActions account={account} onCompose={onCompose} onEdit={onEdit} />
          </>
        }
      />
      <Description account={account} />
      <Lead subject={subject} />
      <div className={classes.summary}>
        <HeaderScore subject={subject} />
        <HeaderFigures account={account} subject={subject} />
      </div>
    </div>
  );
}

/** One line of what kind of company it is, and its family. */
function Description({ account }: { account: Account }) {
  const { t } = useTranslation('account');
  const word = useKnownWord();
  const given = (field: Parameters<typeof word>[0], value: string | null) => (value ? word(field, value) : '');
  const facts = [
    account.reading ?? '',
    given('industry', account.industry),
    given('size', account.size),
    [given('country', account.country), account.region ?? ''].filter(Boolean).join(' '),
    ...account.domains.slice(0, 2),
    account.external_id,
  ].filter(Boolean);
  return (
    <p className={classes.description}>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      {account.parent && (
        <span>
          {t('header.parent')} <AccountLink account={account.parent} />
        </span>
      )}
      {account.children.length > 0 && <Family accounts={account.children} />}
    </p>
  );
}

const mostChildren = 3;

function Family({ accounts }: { accounts: readonly Named[] }) {
  const { t } = useTranslation('account');
  return (
    <span>
      {t('header.children')}{' '}
      {accounts.slice(0, mostChildren).map((child, index) => (
        <span key={child.id}>
          {index > 0 && t('header.comma')}
          <AccountLink account={child} />
        </span>
      ))}
      {accounts.length > mostChildren && (
        <Text span inherit>
          {t('header.moreChildren', { count: accounts.length - mostChildren })}
        </Text>
      )}
    </span>
  );
}

function AccountLink({ account }: { account: Named }) {
  return (
    <Link to="/accounts/$accountId" params={{ accountId: String(account.id) }}>
      {account.name}
    </Link>
  );
}
