import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Panel.module.css';
import { measureQuery, type Subject } from '../requests';
import { DefinitionWords } from './DefinitionWords';
import { MeasureHistory } from './MeasureHistory';
import { MeasureRows } from './MeasureRows';

/** From a figure down to its rows: what it means, how it went, and the very records it was computed from. */
export function MeasurePanel({ measureKey, subject }: { measureKey: string; subject: Subject }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const walk = useQuery(measureQuery(subject, measureKey));
  if (walk.isPending)
    return (
      <Stack gap="md" aria-busy>
        <Skeleton height={36} width={120} />
        <Skeleton height={120} />
        <Skeleton height={180} />
      </Stack>
    );
  if (walk.isError) return <ErrorState error={walk.error} onRetry={() => void walk.refetch()} />;
  const { measure, window, history, rows } = walk.data;
  return (
    <Stack gap="lg">
      <div>
        <Text component="div" className={classes.bigValue}>
          {(walk.data.peers ?? walk.data).value_text[language]}
        </Text>
        {walk.data.peers && <Text>{walk.data.peers.text[language]}</Text>}
        {walk.data.missing_reason && <Text c="dimmed">{walk.data.missing_reason[language]}</Text>}
        {window && (
          <Text fz="sm" c="dimmed">
            {window.from
              ? t('measure.window', { from: format.day(window.from), to: format.day(window.to) })
              : t('measure.until', { to: format.day(window.to) })}
          </Text>
        )}
      </div>
      <section>
        <h3 className={classes.panelHeading}>{t('measure.definition')}</h3>
        <DefinitionWords measure={measure} />
      </section>
      {history.values.some((past) => past !== null) && <MeasureHistory measure={measure} history={history} />}
      <section>
        <h3 className={classes.panelHeading}>{t('measure.rows', { count: rows.total })}</h3>
        <MeasureRows rows={rows} subject={subject} />
      </section>
    </Stack>
  );
}
