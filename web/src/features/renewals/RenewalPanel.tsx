import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { Score } from '../../components/Score';
import { useAsOf } from '../../lib/as-of';
import { useFormat, useLanguage, useMayEdit } from '../../lib/viewer';
import { CategoryBadge, OutcomeBadge } from './Badges';
import { PanelForm } from './PanelForm';
import classes from './Renewals.module.css';
import { detailsQuery } from './requests';
import type { MachineView, RenewalDetails, Term } from './types';

export function PanelTitle({ id }: { id: string }) {
  const { t } = useTranslation('renewals');
  const { asOf } = useAsOf();
  const { data } = useQuery(detailsQuery(id, asOf));
  return data?.account.name ?? t('panel.loading');
}

/** One renewal beside the list: what is due and until when, what people and the machine expect, and acting on it. */
export function RenewalPanel({ id }: { id: string }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const { asOf, isPast } = useAsOf();
  const mayEdit = useMayEdit() && !isPast;
  const { data, isError, error, refetch } = useQuery(detailsQuery(id, asOf));
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={420} />;
  return (
    <Stack gap="lg">
      <Score score={data.score} level={data.level} />
      <dl className={classes.facts}>
        <Fact label={t('column.due')}>
          {format.day(data.due_day)} <span className={classes.note}>{format.relativeDay(data.due_day)}</span>
        </Fact>
        <Fact label={t('column.notice')}>
          {format.day(data.act_by)}
          {data.business_days_left !== null && data.outcome === 'open' && (
            <span className={classes.note}>{t('businessDays', { count: data.business_days_left })}</span>
          )}
        </Fact>
        <Fact label={t('column.arr')}>
          <Money value={data.due} />
        </Fact>
        <Fact label={t('sum.forecast')}>
          <Money value={data.forecast} /> <span className={classes.note}>{t(`basis.${data.forecast_basis}`)}</span>
        </Fact>
        {data.expansion.amount_minor > 0 && (
          <Fact label={t('panel.expansion')}>
            <Money value={data.expansion} />
          </Fact>
        )}
        <Fact label={t('column.outcome')}>
          <OutcomeBadge outcome={data.outcome} confirmed={data.confirmed} late={data.late} />
        </Fact>
        {data.cancelled_on && <Fact label={t('panel.cancelled')}>{format.day(data.cancelled_on)}</Fact>}
      </dl>
      {data.without_rate > 0 && (
        <Text fz="sm" c="dimmed">
          {t('panel.withoutRate')}
        </Text>
      )}
      {data.machine && (
        <Section title={t('panel.machine')}>
          <Machine view={data.machine} />
        </Section>
      )}
      <Section title={t('panel.judgement')}>
        <PanelForm key={data.history.length} renewal={data} disabled={!mayEdit} />
      </Section>
      <Section title={t('panel.terms')}>
        <Terms terms={data.due_terms} />
      </Section>
      {data.following_terms.length > 0 && (
        <Section title={t('panel.following')}>
          <Terms terms={data.following_terms} />
        </Section>
      )}
      {data.co_terming.length > 0 && data.outcome === 'open' && (
        <Section title={t('panel.coTerming')}>
          <Stack gap={6}>
            {data.co_terming.map(({ term, aligned_end, days, amount }) => (
              <Text key={term.subscription_id} fz="sm">
                {t('panel.coTermingLine', {
                  product: `${term.product} ${term.plan}`.trim(),
                  end: format.dayShort(term.end),
                  aligned: format.dayShort(aligned_end),
                  days: format.number(days),
                  amount: format.money(amount),
                })}
              </Text>
            ))}
          </Stack>
        </Section>
      )}
      <Section title={t('panel.history')}>
        <History renewal={data} />
      </Section>
      <Anchor
        fz="sm"
        renderRoot={(props) => (
          <Link to="/accounts/$accountId" params={{ accountId: String(data.account.id) }} {...props} />
        )}
      >
        {t('panel.openAccount')}
      </Anchor>
    </Stack>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb={8}>
        {title}
      </Title>
      {children}
    </section>
  );
}

/** The probability with its interval on a line from 0 to 100 %, and the reason in words. */
function Machine({ view }: { view: MachineView }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const language = useLanguage();
  const { probability, low, high } = view;
  return (
    <Stack gap={8}>
      {probability !== null && low !== null && high !== null && (
        <>
          <Text fz="sm" className="tabular">
            <strong>{format.percent(probability, 0)}</strong>{' '}
            <span className={classes.note}>
              {t('machine.interval', { low: format.percent(low, 0), high: format.percent(high, 0) })}
            </span>
            {view.expected && (
              <span className={classes.note}>{t('machine.expected', { amount: format.money(view.expected) })}</span>
            )}
          </Text>
          <div className={classes.interval} aria-hidden>
            <span style={{ insetInlineStart: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
            <i style={{ insetInlineStart: `${probability * 100}%` }} />
          </div>
        </>
      )}
      {view.words && (
        <Text fz="sm" c="dimmed">
          {view.words[language]}
        </Text>
      )}
    </Stack>
  );
}

function Terms({ terms }: { terms: readonly Term[] }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('panel.terms')}>
      <table className={classes.plain}>
        <thead>
          <tr>
            <th>{t('column.products')}</th>
            <th data-right>{t('panel.seats')}</th>
            <th>{t('panel.period')}</th>
            <th data-right>MRR</th>
          </tr>
        </thead>
        <tbody>
          {terms.map((term) => (
            <tr key={`${term.subscription_id}-${term.start}`}>
              <td>
                {term.product} <span className={classes.note}>{term.plan}</span>
              </td>
              <td data-right>{format.number(term.seats)}</td>
              <td>
                {format.dayShort(term.start)} – {term.end ? format.dayShort(term.end) : ''}
              </td>
              <td data-right>{term.mrr ? <Money value={term.mrr} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Every state of what people said, newest first. */
function History({ renewal }: { renewal: RenewalDetails }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  if (renewal.history.length === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {t('panel.noHistory')}
      </Text>
    );
  }
  return (
    <ol className={classes.history}>
      {renewal.history.toReversed().map(({ at, author, why, removed, input }, index) => (
        // Two states may carry the same moment.
        <li key={`${at}-${index}`}>
          {removed ? (
            t('panel.removed')
          ) : (
            <>
              <CategoryBadge category={input.category} />
              {input.forecast && (
                <>
                  {' · '}
                  <Money value={input.forecast} />
                </>
              )}
              {input.next_step !== '' && ` · ${input.next_step}`}
            </>
          )}
          <Text fz="xs" c="dimmed">
            {author} · {format.instant(at)}
            {why && ` — ${why}`}
          </Text>
        </li>
      ))}
    </ol>
  );
}
