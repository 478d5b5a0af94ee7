import { ActionIcon, Group, Select, Skeleton, Stack, Text, Tooltip } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconDownload, IconEqual } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { download, toCsv } from '../../components/chart/csv';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { majorUnits } from '../../lib/format/money';
import { useFormat, useViewer } from '../../lib/viewer';
import { type BoardFigure, type Scoreboard, scoreboardQuery } from './requests';
import { boardWeeks } from './search';
import classes from './Wins.module.css';

const route = getRouteApi('/_shell/wins');
const shares = ['retained_arr', 'levels_kept', 'levels_improved'] as const;
const figures = [...shares, 'health_change'] as const;

/** Outcomes of customers by who looked after them, fair to small books. */
export function ScoreboardRoom() {
  const { t } = useTranslation('wins');
  const { bookDay } = useViewer();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const weeks = search.weeks ?? '13';
  const from = dayjs(bookDay)
    .subtract(Number(weeks) * 7, 'day')
    .format('YYYY-MM-DD');
  const { data, isError, error, refetch } = useQuery(scoreboardQuery(from));
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap="sm">
      <Group align="flex-end" justify="space-between">
        <Select
          label={t('board.window')}
          size="xs"
          w={200}
          allowDeselect={false}
          value={weeks}
          data={boardWeeks.map((value) => ({ value, label: t('board.weeks', { weeks: value }) }))}
          onChange={(chosen) =>
            void navigate({ search: { ...search, weeks: boardWeeks.find((each) => each === chosen) } })
          }
        />
        {data && data.items.length > 0 && <SaveButton board={data} />}
      </Group>
      {!data && <Skeleton height={300} />}
      {data?.items.length === 0 && <EmptyState title={t('board.empty')}>{t('board.emptyHelp')}</EmptyState>}
      {data && data.items.length > 0 && (
        <>
          <Text fz="sm" c="dimmed" maw={820} className="phrases">
            {t('board.help', { from: format.day(data.from), to: format.day(data.to) })}
          </Text>
          <BoardTable board={data} />
        </>
      )}
    </Stack>
  );
}

function BoardTable({ board }: { board: Scoreboard }) {
  const { t } = useTranslation('wins');
  const format = useFormat();
  const all = (key: (typeof figures)[number]) => {
    const value = board.all[key];
    if (value === null) return '–';
    return key === 'health_change' ? format.change(value) : format.percent(value, 0);
  };
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('room.scoreboard')}>
      <table className={classes.plain}>
        <thead>
          <tr>
            <th>{t('board.person')}</th>
            <th data-right>{t('board.accounts')}</th>
            <th data-right>ARR</th>
            {figures.map((key) => (
              <th key={key} data-right>
                {t(`board.${key}`)}
              </th>
            ))}
            <th data-right>{t('board.wins')}</th>
            <th data-right>{t('board.thanks')}</th>
          </tr>
        </thead>
        <tbody>
          {board.items.map((row) => (
            <tr key={row.person.id}>
              <td>{row.person.name || t('board.nobody')}</td>
              <td data-right>{format.number(row.accounts)}</td>
              <td data-right>
                <Money value={row.arr} />
              </td>
              {figures.map((key) => (
                <td key={key} data-right>
                  <Fair figure={row[key]} isShare={key !== 'health_change'} />
                </td>
              ))}
              <td data-right>{format.number(row.wins)}</td>
              <td data-right>{format.number(row.thanks)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th>{t('board.all')}</th>
            <td data-right>{format.number(board.all.accounts)}</td>
            <td />
            {figures.map((key) => (
              <td key={key} data-right>
                {all(key)}
              </td>
            ))}
            <td />
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const positions = { above: IconArrowUpRight, below: IconArrowDownRight, among: IconEqual, unknown: null };

/** The fair figure; what was measured, and the interval, in the tooltip. */
function Fair({ figure, isShare }: { figure: BoardFigure; isShare: boolean }) {
  const { t } = useTranslation('wins');
  const format = useFormat();
  const text = (value: number | null) =>
    value === null ? '–' : isShare ? format.percent(value, 0) : format.change(value);
  if (figure.fair === null) return <>–</>;
  const Icon = positions[figure.position];
  return (
    <Tooltip
      multiline
      maw={320}
      label={t('board.fair', {
        value: text(figure.value),
        low: text(figure.low),
        high: text(figure.high),
        cases: format.number(figure.cases),
        position: t(`board.position.${figure.position}`),
      })}
    >
      <span data-position={figure.position} className={classes.fair} tabIndex={0}>
        {Icon && <Icon size={13} aria-label={t(`board.position.${figure.position}`)} />}
        {text(figure.fair)}
      </span>
    </Tooltip>
  );
}

function SaveButton({ board }: { board: Scoreboard }) {
  const { t } = useTranslation('wins');
  const save = () => {
    const head = [t('board.person'), t('board.accounts'), `ARR (${board.currency})`].concat(
      figures.flatMap((key) =>
        [t(`board.${key}`), t('board.low'), t('board.high')].map((name, index) =>
          index === 0 ? name : `${t(`board.${key}`)} ${name}`,
        ),
      ),
    );
    const rows = board.items.map((row) => [
      row.person.name,
      row.accounts,
      majorUnits(row.arr),
      ...figures.flatMap((key) => [row[key].fair, row[key].low, row[key].high]),
    ]);
    download(new Blob([toCsv([head, ...rows])], { type: 'text/csv;charset=utf-8' }), `scoreboard-${board.to}.csv`);
  };
  return (
    <Tooltip label={t('saveCsv')}>
      <ActionIcon variant="default" size={30} aria-label={t('saveCsv')} onClick={save}>
        <IconDownload size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
