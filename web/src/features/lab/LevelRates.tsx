import { Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../components/InfoTip';
import { LevelBadge } from '../../components/LevelBadge';
import { Money } from '../../components/Money';
import { useFormat } from '../../lib/viewer';
import { useFigures } from './figures';
import { IntervalBar } from './IntervalBar';
import classes from './Lab.module.css';
import { useShown } from './subject';
import type { Judgement } from './types';

/** What happened to those at each level: the lower the level, the more it should have been. */
export function LevelRates({ judgement }: { judgement: Judgement }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const figures = useFigures();
  const { outcome, currency, leadDays } = useShown();
  const { levels, base_rate } = judgement;
  const widest = Math.max(0.01, ...levels.map(({ rate }) => rate?.high ?? 0));
  return (
    <section className={classes.card}>
      <Group gap={4} mb={4}>
        <Title order={3}>{t('levelRates.title')}</Title>
        <InfoTip about={t('levelRates.title')}>
          {t('help.levelRates', { outcome: outcome.name, count: leadDays })}
        </InfoTip>
      </Group>
      <Table.ScrollContainer minWidth={380}>
        <Table aria-label={t('levelRates.title')} horizontalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.level')}</Table.Th>
              <Table.Th ta="right">{t('column.rows')}</Table.Th>
              <Table.Th colSpan={2}>{t('column.rate')}</Table.Th>
              <Table.Th ta="right">ARR</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {levels.map(({ level, rows, rate, arr_minor }) => (
              <Table.Tr key={level}>
                <Table.Td>
                  <LevelBadge level={level} />
                </Table.Td>
                <Table.Td ta="right">{format.number(rows)}</Table.Td>
                <Table.Td ta="right" w={64}>
                  {format.percent(rate?.value, 1)}
                </Table.Td>
                <Table.Td>
                  <IntervalBar interval={rate} from={0} to={widest} mark={base_rate ?? 0} />
                  <span className="visually-hidden">{figures.shareRange(rate)}</span>
                </Table.Td>
                <Table.Td ta="right">
                  <Money value={{ amount_minor: arr_minor, currency }} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text fz="xs" c="dimmed" mt={6}>
        {t('levelRates.note', { rate: format.percent(base_rate, 1) })}
      </Text>
    </section>
  );
}
