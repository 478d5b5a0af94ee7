import { ActionIcon, Menu, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { callStatuses, callsQuery, type Call, type CallStatus } from '../../api/work';
import { KindBadge, SeverityBadge, StatusBadge } from '../../components/calls/Badges';
import { DueText } from '../../components/calls/DueText';
import { useCallDeeds } from '../../components/calls/use-call-deeds';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { usePanel } from '../../lib/use-panel';
import { useFormat, useLanguage } from '../../lib/viewer';
import classes from './Cockpit.module.css';
import { useAsk } from './deeds';
import { Narrowing } from './Narrowing';
import { Summary } from './Summary';
import { useCockpit } from './use-cockpit';

const mimeType = 'application/x-banso-call';
const mostCards = 100;

/** Moves a call to another status; snoozing and closing ask first. */
function useMove() {
  const ask = useAsk();
  const { apply, edit, reopen } = useCallDeeds();
  return (call: Call, to: CallStatus) => {
    if (to === call.status) return;
    if (to === 'snoozed') ask({ what: 'snooze', calls: [call] });
    else if (to === 'closed') ask({ what: 'close', calls: [call] });
    else if (call.status === 'closed') reopen(call.id);
    else if (to === 'in_progress') apply([call.id], { action: 'start' });
    // Waking alone would give back what was begun before as in progress.
    else edit(call.id, { status: 'open' });
  };
}

/** Cards by status. A card moves by dragging, by its menu, and with Shift and the arrow keys. */
export function CallBoard() {
  const { t } = useTranslation('cockpit');
  const { question } = useCockpit();
  const { data: all } = useQuery(callsQuery({ ...question, status: undefined }, 1));
  const board = useRef<HTMLDivElement>(null);
  return (
    <>
      <Summary summary={all?.summary} />
      <Narrowing counts={all?.counts} withStatus={false} />
      <div ref={board} className={classes.board} role="group" aria-label={t('room.board')}>
        {callStatuses.map((status) => (
          <Column key={status} status={status} />
        ))}
      </div>
    </>
  );
}

function Column({ status }: { status: CallStatus }) {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const { question, mayEdit, change } = useCockpit();
  const { data, isError, error, refetch } = useQuery(callsQuery({ ...question, status }, mostCards));
  const move = useMove();
  const [isOver, setOver] = useState(false);
  const title = t(`calls:status.${status}`);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const text = event.dataTransfer.getData(mimeType);
    if (text) move(JSON.parse(text) as Call, status);
  };
  return (
    <section
      className={classes.column}
      aria-label={title}
      data-status={status}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!mayEdit || !event.dataTransfer.types.includes(mimeType)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={mayEdit ? onDrop : undefined}
    >
      <header className={classes.columnHead}>
        <Text fw={600} fz="sm" component="div">
          <StatusBadge status={status} />
          <span className={classes.note}>{data && format.number(data.total)}</span>
        </Text>
        {data && status !== 'closed' && (
          <Text fz="xs" c="dimmed" component="div">
            <Money value={data.summary.value_at_stake} />
          </Text>
        )}
      </header>
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {/* Scrolls by itself, so the keyboard must be able to reach it. */}
      <div className={classes.cards} tabIndex={0} role="group" aria-label={title}>
        {!data && !isError && <Skeleton height={96} />}
        {data?.items.map((call) => (
          <Card key={call.id} call={call} mayEdit={mayEdit} onMove={move} />
        ))}
        {data?.items.length === 0 && (
          <Text fz="xs" c="dimmed" ta="center" py="md">
            {t(mayEdit ? 'board.emptyDrop' : 'board.empty')}
          </Text>
        )}
        {data && data.total > data.items.length && (
          <UnstyledButton className={classes.more} onClick={() => change({ room: undefined, status }, false)}>
            {t('board.more', { count: data.total - data.items.length })}
          </UnstyledButton>
        )}
      </div>
    </section>
  );
}

interface CardProps {
  call: Call;
  mayEdit: boolean;
  onMove: (call: Call, to: CallStatus) => void;
}

/** The card's title beside this one, above, below, or in the column to the left or right. */
function beside(from: HTMLElement, key: string): HTMLElement | null {
  const titles = (column: Element | null | undefined) => [
    ...(column?.querySelectorAll<HTMLElement>('[data-card]') ?? []),
  ];
  const column = from.closest('section');
  const own = titles(column);
  const at = own.indexOf(from);
  if (key === 'ArrowDown') return own[at + 1] ?? null;
  if (key === 'ArrowUp') return own[at - 1] ?? null;
  let next = key === 'ArrowRight' ? column?.nextElementSibling : column?.previousElementSibling;
  while (next && titles(next).length === 0)
    next = key === 'ArrowRight' ? next.nextElementSibling : next.previousElementSibling;
  const others = titles(next);
  return others[Math.min(at, others.length - 1)] ?? null;
}

function Card({ call, mayEdit, onMove }: CardProps) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const panel = usePanel();
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    if (!event.shiftKey) return beside(event.currentTarget, event.key)?.focus();
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const to = callStatuses[callStatuses.indexOf(call.status) + step];
    if (mayEdit && step !== 0 && to) onMove(call, to);
  };
  return (
    <article
      className={classes.card}
      draggable={mayEdit}
      onDragStart={(event) => {
        event.dataTransfer.setData(mimeType, JSON.stringify(call));
        event.dataTransfer.effectAllowed = 'move';
      }}
    >
      <UnstyledButton
        className={classes.cardTitle}
        data-card
        title={call.account.name}
        aria-keyshortcuts={mayEdit ? 'Shift+ArrowLeft Shift+ArrowRight' : undefined}
        onClick={() => panel.open(String(call.id))}
        onKeyDown={onKey}
      >
        {call.account.name}
      </UnstyledButton>
      {mayEdit && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              className={classes.cardMenu}
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t('board.move', { name: call.account.name, title: call.title[language] })}
            >
              <IconDotsVertical size={15} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('board.moveTo')}</Menu.Label>
            {callStatuses
              .filter((status) => status !== call.status && !(call.status === 'closed' && status !== 'open'))
              .map((status) => (
                <Menu.Item key={status} onClick={() => onMove(call, status)}>
                  <StatusBadge status={status} />
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <p className={classes.cardText}>{call.title[language]}</p>
      {(call.why ?? call.outcome_why) && <p className={classes.cardWhy}>{(call.why ?? call.outcome_why)![language]}</p>}
      <div className={classes.cardLine}>
        <span>
          <KindBadge kind={call.kind} iconOnly /> <SeverityBadge severity={call.severity} iconOnly />
        </span>
        <strong>
          <Money value={call.value_at_stake} />
        </strong>
      </div>
      <div className={classes.cardLine}>
        <DueText
          day={call.due_day}
          businessDaysLeft={call.business_days_left}
          isFinished={call.status === 'closed'}
          wordsOnly={call.status !== 'closed'}
        />
        {call.responsible && <span title={call.responsible.name}>{call.responsible.name}</span>}
      </div>
    </article>
  );
}
