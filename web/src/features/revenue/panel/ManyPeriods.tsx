import { Accordion, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { figuresQuery, type Basis } from '../revenue';
import type { MovementKind } from '../types';
import { useSignedMoney } from '../use-money';
import { usePeriodName } from '../use-period-name';
import type { CellAddress } from './address';
import { MovementsOfPeriod } from './MovementsOfPeriod';
import classes from './Panel.module.css';

/** A bar over several periods: each with its sum, and behind each its accounts. */
export function ManyPeriods({
  cell,
  kind,
  basis,
}: {
  cell: CellAddress;
  kind: MovementKind | 'net_new';
  basis: Basis;
}) {
  const { t } = useTranslation('revenue');
  const periodName = usePeriodName();
  const { from, to, grain, of } = cell;
  const figures = useQuery(figuresQuery(basis, { from, to, grain, ...of }));
  const signed = useSignedMoney(figures.data?.currency);
  if (figures.isPending) return <Skeleton height={240} />;
  if (figures.isError) return <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />;
  const wanted = of ? figures.data.series.find(({ value }) => value === of.value) : figures.data.series[0];
  const cells = (wanted?.cells ?? []).filter((each) => each[kind] !== 0).toReversed();
  if (cells.length === 0) return <EmptyState title={t('panel.nothing')} />;
  return (
    <>
      <Group justify="space-between" className={classes.sum} wrap="nowrap">
        <Text fz="sm">{t('panel.periods', { count: cells.length })}</Text>
        <b className="tabular">{signed.exact(cells.reduce((sum, each) => sum + each[kind], 0))}</b>
      </Group>
      <Accordion chevronPosition="left" classNames={{ content: classes.periodContent, control: classes.period }}>
        {cells.map((each) => (
          <Accordion.Item key={each.month} value={each.month}>
            <Accordion.Control>
              <Group justify="space-between" wrap="nowrap">
                <Text fz="sm">{periodName(each.month, grain)}</Text>
                <b className="tabular">{signed.exact(each[kind])}</b>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <MovementsOfPeriod
                basis={basis}
                question={{ month: each.month, grain, kind: kind === 'net_new' ? undefined : kind, ...of }}
                hideTotal
              />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </>
  );
}
