import { Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { callsQuery } from '../../api/work';
import { CallLines } from '../../components/calls/CallLines';
import { useFormat } from '../../lib/viewer';
import classes from './Home.module.css';
import { Nothing } from './HomeSection';

const shown = 5;

/** The five calls that matter most; all of them are in the cockpit. */
export function TopCalls({ mine }: { mine: boolean }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { data, isPending } = useQuery(callsQuery({ scope: mine ? 'me' : 'all' }, shown));
  const title = t('calls.title');
  return (
    <section className={classes.section} data-wide aria-labelledby="home-calls">
      <header className={classes.sectionHead}>
        <Title order={2} id="home-calls">
          {title}
        </Title>
        {data && (
          <Text fz="xs" c="dimmed">
            {t('calls.note', {
              count: data.total,
              formatted: format.number(data.total),
              amount: format.money(data.summary.value_at_stake),
            })}
          </Text>
        )}
        <Link
          to="/cockpit"
          search={{ scope: mine ? undefined : 'all' }}
          className={classes.all}
          aria-label={t('allOf', { title })}
        >
          {t('all')}
        </Link>
      </header>
      {isPending && <Skeleton height={220} mt={8} />}
      {data && data.items.length === 0 && <Nothing>{t('calls.none')}</Nothing>}
      {data && data.items.length > 0 && <CallLines calls={data.items} withAccount label={title} />}
    </section>
  );
}
