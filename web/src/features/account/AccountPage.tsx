import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { useAsOf } from '../../lib/as-of';
import { useShortcut } from '../../lib/shortcuts';
import { useFormat } from '../../lib/viewer';
import classes from './Account.module.css';
import { AccountHeader } from './AccountHeader';
import { AccountPanel } from './AccountPanel';
import { EditAccount } from './edit/EditAccount';
import { HeaderSkeleton } from './HeaderSkeleton';
import { accountQuery } from './requests';
import { SectionContent } from './SectionContent';
import { SectionTabs } from './SectionTabs';
import { ComposeDialog } from './timeline/ComposeDialog';
import type { InteractionKind } from './types';
import { useAccountAddress } from './use-account-address';
import { useLiveAccount } from './use-live-account';
import { useCanEdit, useSubject } from './use-subject';

/** Everything about one customer that one wants to know before a call. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const subject = useSubject();
  useLiveAccount(subject);
  const canEdit = useCanEdit();
  const { section } = useAccountAddress();
  const account = useQuery(accountQuery(subject));
  const [composing, setComposing] = useState<InteractionKind | null>(null);
  const [editing, setEditing] = useState(false);
  useShortcut({ key: 'n', label: t('keys.note'), group: t('keys.group') }, () => setComposing('note'), canEdit);
  useShortcut({ key: 'e', label: t('keys.edit'), group: t('keys.group') }, () => setEditing(true), canEdit);
  if (isProblem(account.error, 404)) return <NotThere />;
  return (
    <Page>
      {account.isError && !account.data ? (
        <ErrorState error={account.error} onRetry={() => void account.refetch()} />
      ) : (
        <div className={classes.root}>
          {account.data ? (
            <AccountHeader
              account={account.data}
              subject={subject}
              onCompose={setComposing}
              onEdit={() => setEditing(true)}
            />
          ) : (
            <HeaderSkeleton />
          )}
          <SectionTabs current={section} />
          <SectionContent section={section} subject={subject} onCompose={setComposing} />
          <AccountPanel subject={subject} />
          <ComposeDialog accountId={subject.id} kind={composing} onClose={() => setComposing(null)} />
          {account.data && editing && (
            <EditAccount account={account.data} accountId={subject.id} onClose={() => setEditing(false)} />
          )}
        </div>
      )}
    </Page>
  );
}

/** The account does not exist, or did not yet on the day that is looked at. */
function NotThere() {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { day, isPast } = useAsOf();
  return (
    <Page>
      <EmptyState title={t('notThere.title')}>
        {isPast ? t('notThere.past', { day: format.day(day) }) : t('notThere.now')}
      </EmptyState>
    </Page>
  );
}
