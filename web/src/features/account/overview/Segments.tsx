import { Anchor, Skeleton, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getJson } from '../../../api/json';
import { DateText } from '../../../components/DateText';
import type { Day } from '../../../lib/format/date';
import type { TwoLanguages } from '../../../lib/language';
import { useLanguage } from '../../../lib/viewer';
import classes from '../Overview.module.css';
import { accountKey } from '../requests';
import { Step } from './Step';

interface SegmentOfAccount {
  segment: string;
  name: TwoLanguages;
  since: Day | null;
  reason: TwoLanguages | null;
}

const segmentsQuery = (id: string) =>
  queryOptions({
    queryKey: [...accountKey(id), 'segments'],
    queryFn: ({ signal }) =>
      getJson<{ items: SegmentOfAccount[] }>(`/api/accounts/${id}/segments`, { limit: 1 }, signal),
  });

/** Which segments the account is in now, and since when; the reason shows on hover. */
export function Segments({ accountId }: { accountId: string }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const { data, isPending } = useQuery(segmentsQuery(accountId));
  return (
    <Step title={t('next.segments')}>
      {isPending && <Skeleton height={40} />}
      {data?.items.length === 0 && <Text c="dimmed">{t('next.noSegments')}</Text>}
      {data && data.items.length > 0 && (
        <ul className={classes.segments}>
          {data.items.map(({ segment, name, since, reason }) => (
            <li key={segment} title={reason?.[language]}>
              <Anchor inherit renderRoot={(props) => <Link to="/segments/$key" params={{ key: segment }} {...props} />}>
                {name[language]}
              </Anchor>
              {since && (
                <Text span inherit c="dimmed">
                  <DateText value={since} form="absolute" />
                </Text>
              )}
            </li>
          ))}
        </ul>
      )}
    </Step>
  );
}
