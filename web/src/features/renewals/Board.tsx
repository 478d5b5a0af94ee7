import { ActionIcon, Menu, SegmentedControl, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { LevelBadge } from '../../components/LevelBadge';
import { Money } from '../../components/Money';
import { useAsOf } from '../../lib/as-of';
import { usePanel } from '../../lib/use-panel';
import { useFormat, useMayEdit } from '../../lib/viewer';
import { CategoryBadge, OutcomeBadge } from './Badges';
import classes from './Renewals.module.css';
import { boardQuery, type Question } from './requests';
import { categories, type Board as BoardAnswer, type Category, type Renewal } from './types';
import { useDeeds } from './use-deeds';

const route = getRouteApi('/_shell/renewals');
const mimeType = 'application/x-banso-renewal';

function asCategory(key: string): Category | undefined {
  return categories.find((category) => category === key);
}

/** Cards in columns by what people expect, or by month. A card moves by dragging, or by its menu. */
export function Board({ question }: { question: Question }) {
  const { t } = useTranslation('renewals');
  const { by = 'category' } = route.useSearch();
  const navigate = route.useNavigate();
  const { isPast } = useAsOf();
  const mayMove = useMayEdit() && !isPast && by === 'category';
  const { changeRenewals } = useDeeds();
  const { data, isError, error, refetch } = useQuery(boardQuery(question, by));
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <div>
        <SegmentedControl
          size="xs"
          mb={12}
          aria-label={t('board.by')}
          data={[
            { value: 'category', label: t('board.category') },
            { value: 'month', label: t('board.month') },
          ]}
          value={by}
          onChange={(next) =>
            void navigate({ search: (before) => ({ ...before, by: next === 'month' ? 'month' : undefined }) })
          }
        />
      </div>
      {data ? (
        <div className={classes.board} role="group" aria-label={t('room.board')}>
          {data.columns.map((column) => (
            <Column
              key={column.key}
              column={column}
              mayMove={mayMove}
              onMove={(id, category) => changeRenewals([id], { category })}
            />
          ))}
        </div>
      ) : (
        <Skeleton height={420} />
      )}
    </>
  );
}

interface ColumnProps {
  column: BoardAnswer['columns'][number];
  mayMove: boolean;
  onMove: (id: string, category: Category) => void;
}

function Column({ column, mayMove, onMove }: ColumnProps) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const [isOver, setOver] = useState(false);
  const category = asCategory(column.key);
  const title = category
    ? t(`category.${category}`)
    : column.key === 'decided'
      ? t('board.decided')
      : format.month(column.key);
  const accepts = mayMove && category !== undefined;
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const id = event.dataTransfer.getData(mimeType);
    if (id && category && !column.items.some((item) => item.id === id)) onMove(id, category);
  };
  return (
    <section
      className={classes.column}
      aria-label={title}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!accepts || !event.dataTransfer.types.includes(mimeType)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={accepts ? onDrop : undefined}
    >
      <header className={classes.columnHead}>
        <Text fw={600} fz="sm">
          {category ? <CategoryBadge category={category} /> : title}
          <span className={classes.note}>{column.summary.renewals}</span>
        </Text>
        <div className={classes.cardLine}>
          <span>
            {t('sum.due')} <Money value={column.summary.due} />
          </span>
          <span>
            {t('sum.forecast')}{' '}
            <strong>
              <Money value={column.summary.forecast} />
            </strong>
          </span>
        </div>
      </header>
      {/* Scrolls by itself, so the keyboard must be able to reach it. */}
      <div className={classes.cards} tabIndex={0} role="group" aria-label={title}>
        {column.items.map((renewal) => (
          <Card key={renewal.id} renewal={renewal} mayMove={mayMove && renewal.outcome === 'open'} onMove={onMove} />
        ))}
        {column.items.length === 0 && (
          <Text fz="xs" c="dimmed" ta="center" py="md">
            {accepts ? t('board.emptyDrop') : t('board.empty')}
          </Text>
        )}
      </div>
    </section>
  );
}

function Card({
  renewal,
  mayMove,
  onMove,
}: {
  renewal: Renewal;
  mayMove: boolean;
  onMove: (id: string, category: Category) => void;
}) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const panel = usePanel();
  return (
    <article
      className={classes.card}
      draggable={mayMove}
      onDragStart={(event) => {
        event.dataTransfer.setData(mimeType, renewal.id);
        event.dataTransfer.effectAllowed = 'move';
      }}
    >
      <UnstyledButton className={classes.cardTitle} title={renewal.account.name} onClick={() => panel.open(renewal.id)}>
        {renewal.account.name}
      </UnstyledButton>
      {mayMove && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              className={classes.cardMenu}
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t('board.move', { name: renewal.account.name })}
            >
              <IconDotsVertical size={15} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('board.moveTo')}</Menu.Label>
            {categories
              .filter((category) => category !== renewal.category)
              .map((category) => (
                <Menu.Item key={category} onClick={() => onMove(renewal.id, category)}>
                  <CategoryBadge category={category} />
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <div className={classes.cardLine}>
        <span>{format.dayShort(renewal.due_day)}</span>
        <strong>
          <Money value={renewal.forecast} />
        </strong>
      </div>
      <div className={classes.cardLine}>
        {renewal.outcome === 'open' ? (
          <LevelBadge level={renewal.level} />
        ) : (
          <OutcomeBadge outcome={renewal.outcome} confirmed={renewal.confirmed} late={renewal.late} />
        )}
        {renewal.machine?.probability != null && (
          <span>{t('board.machine', { share: format.percent(renewal.machine.probability, 0) })}</span>
        )}
      </div>
    </article>
  );
}
