import { Anchor, Skeleton, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { LevelBadge } from '../../components/LevelBadge';
import { Money } from '../../components/Money';
import type { Sort } from '../../lib/search-params';
import { useFormat } from '../../lib/viewer';
import { areApart, useFigures } from './figures';
import classes from './Lab.module.css';
import { useShown } from './subject';
import type { Judgement, Mover } from './types';
import type { Judged } from './use-judgement';

/** The draft and the published one side by side, and the customers whose level would change. */
export function CompareTab({ judged }: { judged: Judged }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const { candidate, published, isApart, moved } = judged;
  if (!isApart) return <EmptyState title={t('compare.same')}>{t('compare.sameHelp')}</EmptyState>;
  if (!candidate || !published)
    return published || judged.error == null ? (
      <Skeleton height={240} />
    ) : (
      <EmptyState title={t('compare.neverPublished')} />
    );
  return (
    <>
      <Sides published={published} candidate={candidate} />
      <Title order={3} mb={4}>
        {t('compare.movers')}
      </Title>
      {!moved && <Skeleton height={160} />}
      {moved?.total === 0 && <Text fz="sm">{t('compare.nobody')}</Text>}
      {moved && moved.total > 0 && (
        <>
          <Text fz="sm" c="dimmed" mb={8}>
            {t('compare.moved', { count: moved.total })}
            {moved.total > moved.items.length && ` ${t('compare.shown', { shown: format.number(moved.items.length) })}`}
          </Text>
          <Movers movers={moved.items} />
        </>
      )}
    </>
  );
}

/** Where two figures differ by less than their intervals allow, it is said. */
function Sides({ published, candidate }: { published: Judgement; candidate: Judgement }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const figures = useFigures();
  const { subject, currency } = useShown();
  const money = (amount_minor: number) => format.money({ amount_minor, currency });
  const at = ({ at_threshold }: Judgement) => at_threshold;
  const [before, after] = [at(published), at(candidate)];
  const points = (change: number | undefined) =>
    change === undefined ? '–' : t('compare.points', { change: format.change(change * 100, 1) });
  const difference = (one: number | null | undefined, other: number | null | undefined) =>
    one == null || other == null ? undefined : other - one;
  const rows = [
    {
      name: 'AUC',
      before: figures.auc(published.auc?.value),
      after: figures.auc(candidate.auc?.value),
      change: format.change(difference(published.auc?.value, candidate.auc?.value), 2),
      note: noteOn(areApart(published.auc, candidate.auc)),
    },
    {
      name: t('figure.precision'),
      before: figures.share(before.precision?.value),
      after: figures.share(after.precision?.value),
      change: points(difference(before.precision?.value, after.precision?.value)),
      note: noteOn(areApart(before.precision, after.precision)),
    },
    {
      name: t('figure.recall'),
      before: figures.share(before.recall?.value),
      after: figures.share(after.recall?.value),
      change: points(difference(before.recall?.value, after.recall?.value)),
      note: noteOn(areApart(before.recall, after.recall)),
    },
    {
      name: t('figure.lift'),
      before: figures.lift(before.lift),
      after: figures.lift(after.lift),
      change: format.change(difference(before.lift, after.lift), 1),
      note: '',
    },
    {
      name: t('figure.caughtArr'),
      before: money(before.arr_caught_minor),
      after: money(after.arr_caught_minor),
      change: signed(after.arr_caught_minor - before.arr_caught_minor),
      note: '',
    },
    {
      name: t('figure.missedArr'),
      before: money(before.arr_missed_minor),
      after: money(after.arr_missed_minor),
      change: signed(after.arr_missed_minor - before.arr_missed_minor),
      note: '',
    },
  ];
  function signed(amount_minor: number) {
    return (amount_minor > 0 ? '+' : '') + money(amount_minor);
  }
  function noteOn(isSure: boolean) {
    return isSure ? '' : t('compare.unsure');
  }
  return (
    <div className={classes.sides}>
      <Text span fz="xs" c="dimmed">
        {t('compare.figure')}
      </Text>
      <Text span fz="xs" c="dimmed">
        {t('subject.published')}
      </Text>
      <Text span fz="xs" c="dimmed">
        {t(`subject.${subject}`)}
      </Text>
      <Text span fz="xs" c="dimmed">
        {t('compare.change')}
      </Text>
      <span />
      {rows.map(({ name, before: was, after: is, change, note }) => (
        <Fragment key={name}>
          <span>{name}</span>
          <span>{was}</span>
          <b>{is}</b>
          <span>{change}</span>
          <Text span fz="xs" c="dimmed" ta="left">
            {note}
          </Text>
        </Fragment>
      ))}
    </div>
  );
}

/** Also of other pages that name who changes level. */
export function Movers({ movers }: { movers: readonly Mover[] }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const { currency } = useShown();
  const [sort, setSort] = useState<Sort>({ column: 'arr', direction: 'desc' });
  const columns = useMemo(
    (): DataColumn<Mover>[] => [
      {
        id: 'name',
        header: t('column.account'),
        cell: ({ id, name }) => (
          <Anchor component={Link} to={`/accounts/${id}`} fz="sm" title={name}>
            {name}
          </Anchor>
        ),
        width_px: 240,
        sortable: true,
        sortValue: ({ name }) => name,
      },
      {
        id: 'before',
        header: t('subject.published'),
        cell: ({ level_before }) => <LevelBadge level={level_before} />,
        width_px: 120,
      },
      {
        id: 'after',
        header: t('column.then'),
        cell: ({ level_after }) => <LevelBadge level={level_after} />,
        width_px: 120,
      },
      {
        id: 'score',
        header: t('column.score'),
        cell: ({ score_before, score_after }) => `${format.number(score_before, 0)} → ${format.number(score_after, 0)}`,
        align: 'right',
        width_px: 110,
        sortable: true,
        sortValue: ({ score_before, score_after }) => (score_after ?? 0) - (score_before ?? 0),
      },
      {
        id: 'arr',
        header: 'ARR',
        cell: ({ arr_minor }) => <Money value={{ amount_minor: arr_minor, currency }} />,
        align: 'right',
        width_px: 120,
        sortable: true,
        sortValue: ({ arr_minor }) => arr_minor,
      },
    ],
    [t, format, currency],
  );
  return (
    <DataTable
      id="lab-movers"
      label={t('compare.movers')}
      columns={columns}
      source={{ rows: movers }}
      rowId={({ id }) => String(id)}
      rowLabel={({ name }) => name}
      sort={sort}
      onSortChange={setSort}
      height="content"
    />
  );
}
