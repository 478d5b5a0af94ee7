import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { contractsQuery } from '../../api/contracts';
import { Money } from '../../components/Money';
import { useAsOf } from '../../lib/as-of';
import { daysBetween, type Day } from '../../lib/format/date';
import { useKnownWord } from '../../lib/known-words/known-words';
import { useFormat } from '../../lib/viewer';
import classes from './Account.module.css';
import type { Subject } from './requests';
import type { Account } from './types';

/** Contract, dates that matter, and who looks after the account. */
export function HeaderFigures({ account, subject }: { account: Account; subject: Subject }) {
  const { t } = useTranslation('account');
  const word = useKnownWord();
  const subscriptions = useQuery(contractsQuery(subject));
  const totals = subscriptions.data?.totals;
  const fetched = (value: ReactNode) => {
    if (subscriptions.isPending) return <Skeleton height={16} width={88} my={4} />;
    return subscriptions.isError ? '–' : value;
  };
  return (
    <dl className={classes.figures}>
      <HeaderFigure label={t('figure.arr')}>{fetched(<Money value={totals?.arr} />)}</HeaderFigure>
      <HeaderFigure label={t('figure.renewal')}>{fetched(<DaysLeft day={totals?.next_renewal_day} />)}</HeaderFigure>
      <HeaderFigure label={t('figure.notice')}>{fetched(<DaysLeft day={totals?.notice_deadline} />)}</HeaderFigure>
      <HeaderFigure label={t('figure.phase')}>{word('phase', account.phase)}</HeaderFigure>
      <HeaderFigure label={t('figure.plan')}>{word('plan', account.plan)}</HeaderFigure>
      <HeaderFigure label={t('figure.owner')}>{account.owner?.name ?? t('figure.nobody')}</HeaderFigure>
    </dl>
  );
}

function HeaderFigure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const soon_days = 30;
const near_days = 90;

/** A coming day with how many days are left, counted from the day that is looked at. */
export function DaysLeft({ day }: { day: Day | null | undefined }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { day: today } = useAsOf();
  if (!day) return <>–</>;
  const left = daysBetween(today, day);
  const urgency = left < 0 ? 'past' : left <= soon_days ? 'soon' : left <= near_days ? 'near' : 'far';
  const text = left < 0 ? t('figure.daysPast', { count: -left }) : t('figure.daysLeft', { count: left });
  return (
    <time dateTime={day} title={format.day(day)} className={classes.daysLeft}>
      {format.dayShort(day)}
      <span data-urgency={urgency}>{text}</span>
    </time>
  );
}
