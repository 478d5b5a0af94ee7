import { Anchor, Button, Group, Skeleton, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat } from '../../../lib/viewer';
import { movementsCsv, movementsPage, movementsQuery, type Basis, type MovementsQuestion } from '../revenue';
import { useDownload } from '../use-download';
import { useSignedMoney } from '../use-money';
import { MovementItem } from './MovementItem';
import classes from './Panel.module.css';

/** As many as are shown with their contracts at once. */
const openAtFirst = 3;

interface MovementsOfPeriodProps {
  basis: Basis;
  question: MovementsQuestion;
  /** Where the sum already stands above. */
  hideTotal?: boolean;
}

/** The accounts of one bar, the largest first; their amounts sum to the bar. */
export function MovementsOfPeriod({ basis, question, hideTotal = false }: MovementsOfPeriodProps) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const download = useDownload();
  const [limit, setLimit] = useState(movementsPage);
  const movements = useQuery(movementsQuery(basis, question, limit));
  const signed = useSignedMoney(movements.data?.currency);
  if (movements.isPending) return <Skeleton height={240} />;
  if (movements.isError) return <ErrorState error={movements.error} onRetry={() => void movements.refetch()} />;
  const { items, total, amount, accounts, currency, end } = movements.data;
  if (total === 0)
    return <EmptyState title={t('panel.nothing')}>{t('panel.nothingHelp', { day: format.day(end) })}</EmptyState>;
  return (
    <>
      {!hideTotal && (
        <Group justify="space-between" className={classes.sum} wrap="nowrap">
          <Text fz="sm">{t('panel.accounts', { count: accounts, formatted: format.number(accounts) })}</Text>
          <b className="tabular">{signed.exact(amount)}</b>
        </Group>
      )}
      <ul className={classes.movements}>
        {items.map((movement, index) => (
          <MovementItem
            key={`${movement.account.id} ${movement.day} ${movement.kind} ${index}`}
            movement={movement}
            currency={currency}
            isOpenAtFirst={items.length <= openAtFirst}
            showsKind={question.kind === undefined}
          />
        ))}
      </ul>
      <Group justify="space-between" mt="sm">
        {items.length < total ? (
          <Button
            size="xs"
            variant="default"
            loading={movements.isFetching}
            onClick={() => setLimit(limit + movementsPage)}
          >
            {t('panel.more', { formatted: format.number(total - items.length) })}
          </Button>
        ) : (
          <span />
        )}
        <Anchor
          component="button"
          fz="sm"
          onClick={() =>
            download(movementsCsv(basis, question), `revenue-${question.kind ?? 'movements'}-${question.month}.csv`)
          }
        >
          <IconDownload size={14} aria-hidden style={{ verticalAlign: -2 }} /> {t('panel.csv')}
        </Anchor>
      </Group>
    </>
  );
}
