import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import { useAmount } from '../plan/use-amount';
import { valueQuery, type Success, type Value } from '../requests';
import { Button } from '../ui/Button';
import { Page } from '../ui/Page';
import { Empty, Loaded } from '../ui/States';
import ui from '../ui/Ui.module.css';
import { useMe } from '../who';
import classes from './Value.module.css';

/** What came of it, to read and to hand on inside the company: it prints as a report. */
export function ValuePage() {
  const { t } = useTranslation('texts');
  const { company } = useMe();
  const value = useQuery(valueQuery);
  const print = (
    <Button className={`${ui.button} no-print`} onClick={() => window.print()}>
      <IconPrinter size={20} stroke={1.7} aria-hidden /> {t('value.print')}
    </Button>
  );
  return (
    <Page
      title={t('page.value')}
      lead={t('value.lead', { company: company.name })}
      actions={value.data && value.data.successes.length > 0 ? print : undefined}
    >
      <Loaded query={value} height_px={420}>
        {(known) => (
          <>
            {known.goals > 0 && <Sums value={known} />}
            {known.paid?.delivered.some(({ amount_minor }) => amount_minor > 0) && <BesidePaid paid={known.paid} />}
            {known.successes.length === 0 ? (
              <Empty title={t('value.none')}>{t('value.noneHelp')}</Empty>
            ) : (
              known.successes.map((success) => <SuccessCard key={`${success.goal} ${success.day}`} success={success} />)
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Sums({ value }: { value: Value }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  return (
    <dl className={`${ui.card} ${classes.sums}`}>
      <div>
        <dt>{t('value.achieved')}</dt>
        <dd>{t('value.ofGoals', { achieved: format.number(value.achieved), goals: format.number(value.goals) })}</dd>
      </div>
      {value.paid === null &&
        value.amounts.map((amount) => (
          <div key={amount.currency}>
            <dt>{t('value.sum')}</dt>
            <dd title={format.moneyExact(amount)}>{format.money(amount)}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What was gained in money next to what was paid, over the same time. Bars only where both are in one currency. */
function BesidePaid({ paid }: { paid: NonNullable<Value['paid']> }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  const { today } = useMe();
  const { delivered } = paid;
  const most = Math.max(1, paid.amount.amount_minor, ...delivered.map(({ amount_minor }) => amount_minor));
  const same = delivered.every(({ currency }) => currency === paid.amount.currency);
  const times = same ? delivered[0]!.amount_minor / paid.amount.amount_minor : NaN;
  const rows = [
    ...delivered.map((amount) => ({ label: t('value.delivered'), amount, isGain: true })),
    { label: t('value.paid'), amount: paid.amount, isGain: false },
  ];
  return (
    <section className={ui.card}>
      <p className={ui.quiet}>{t('value.since', { since: format.day(paid.since), today: format.day(today) })}</p>
      <dl className={classes.beside}>
        {rows.map(({ label, amount, isGain }) => (
          <div key={label + amount.currency}>
            <dt>{label}</dt>
            <dd title={format.moneyExact(amount)}>{format.money(amount)}</dd>
            {same && (
              <div className={classes.bar} data-gain={isGain || undefined} aria-hidden>
                <i style={{ width: `${(100 * Math.max(0, amount.amount_minor)) / most}%` }} />
              </div>
            )}
          </div>
        ))}
      </dl>
      {Number.isFinite(times) && times >= 1 && (
        <p className={classes.times}>{t('value.times', { times: format.number(times, 1) })}</p>
      )}
      <p className={ui.quiet}>{t('value.paidNote')}</p>
    </section>
  );
}

function SuccessCard({ success }: { success: Success }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const unit = useAmount(success.unit);
  const id = useId();
  return (
    <article className={`${ui.card} ${classes.success}`} aria-labelledby={id}>
      <h2 id={id}>{success.name[language]}</h2>
      <p className={ui.quiet}>{t('value.on', { day: format.day(success.day) })}</p>
      {(success.amount || success.quantity !== null) && (
        <p className={classes.figure}>
          {success.is_yearly && <span className={classes.yearly}>{t('value.yearly')}</span>}
          {success.amount && <strong>{format.money(success.amount)}</strong>}
          {success.quantity !== null && <strong>{unit(success.quantity)}</strong>}
        </p>
      )}
      {success.story && <p className={classes.story}>{success.story}</p>}
      {success.evidence.length > 0 && (
        <>
          <h3>{t('value.evidence')}</h3>
          <ul className={classes.evidence}>
            {success.evidence.map((each) => (
              <li key={each.en + each.ja}>{each[language]}</li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}
