import { IconMessage } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../api/work';
import { KindBadge, SeverityBadge, StatusBadge } from '../../components/calls/Badges';
import { DueText } from '../../components/calls/DueText';
import type { DataColumn } from '../../components/data-table/types';
import { Money } from '../../components/Money';
import { Score } from '../../components/Score';
import { useFormat, useLanguage } from '../../lib/viewer';
import classes from './Cockpit.module.css';

interface ColumnsInput {
  onOpen: (id: string) => void;
  /** Whose work stands in the rows matters only where it is not all one's own. */
  isMine: boolean;
}

/** Two lines in a row: who and what on the left, and why it stands where it stands beside it. */
export function useCallColumns({ onOpen, isMine }: ColumnsInput): readonly DataColumn<Call>[] {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'account',
        header: t('column.call'),
        width_px: language === 'ja' ? 270 : 256,
        sortable: true,
        cell: (call) => (
          <div className={classes.what}>
            <Link
              from="/cockpit"
              to="/cockpit"
              search={(before) => ({ ...before, panel: String(call.id) })}
              className={classes.account}
              title={call.account.name}
              preload={false}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                event.preventDefault();
                onOpen(String(call.id));
              }}
            >
              {call.account.name}
            </Link>
            <span className={classes.title} title={call.title[language]}>
              <KindBadge kind={call.kind} iconOnly /> {call.title[language]}
            </span>
          </div>
        ),
      },
      {
        id: 'rank',
        header: t('column.why'),
        description: t('column.whyHelp'),
        width_px: language === 'ja' ? 312 : 300,
        sortable: true,
        cell: (call) => {
          const why = call.why?.[language] ?? call.outcome_why?.[language] ?? call.snooze?.why ?? '';
          return (
            <span className={classes.why} title={why}>
              {call.rank !== null && <b>{call.rank}</b>}
              {why}
            </span>
          );
        },
      },
      {
        id: 'severity',
        header: t('calls:field.severity'),
        width_px: language === 'ja' ? 84 : 104,
        sortable: true,
        cell: (call) => <SeverityBadge severity={call.severity} />,
      },
      {
        id: 'due',
        header: t('column.due'),
        width_px: language === 'ja' ? 196 : 256,
        sortable: true,
        cell: (call) => (
          <DueText
            day={call.due_day}
            businessDaysLeft={call.business_days_left}
            isFinished={call.status === 'closed'}
          />
        ),
      },
      {
        id: 'value',
        header: t('column.value'),
        description: t('column.valueHelp'),
        width_px: 104,
        align: 'right',
        sortable: true,
        cell: (call) => <Money value={call.value_at_stake} />,
      },
      {
        id: 'score',
        header: t('column.score'),
        width_px: 136,
        cell: ({ account }) => <Score score={account.score} level={account.level} />,
      },
      {
        id: 'renewal',
        header: t('column.renewal'),
        width_px: language === 'ja' ? 168 : 196,
        onCard: false,
        cell: ({ account }) =>
          account.renewal_day ? (
            <time dateTime={account.renewal_day} className={classes.day}>
              {format.dayShort(account.renewal_day)} <span>{format.relativeDay(account.renewal_day)}</span>
            </time>
          ) : (
            '–'
          ),
      },
      {
        id: 'responsible',
        header: t('column.responsible'),
        width_px: 140,
        hiddenAtFirst: isMine,
        cell: (call) => (
          <span title={call.stands_in_for ? t('standsInFor', { name: call.stands_in_for.name }) : undefined}>
            {call.responsible?.name ?? t('nobody')}
            {call.stands_in_for && <span className={classes.note}>{t('substitute')}</span>}
          </span>
        ),
      },
      {
        id: 'status',
        header: t('column.status'),
        width_px: 120,
        cell: (call) => <StatusBadge status={call.status} />,
      },
      {
        id: 'progress',
        header: t('column.tasks'),
        width_px: 104,
        onCard: false,
        cell: (call) => <Progress call={call} />,
      },
      {
        id: 'opened',
        header: t('column.opened'),
        width_px: 168,
        sortable: true,
        hiddenAtFirst: true,
        onCard: false,
        cell: (call) => <span className="tabular">{format.instant(call.opened_at)}</span>,
      },
      {
        id: 'closed',
        header: t('column.closed'),
        width_px: 168,
        sortable: true,
        hiddenAtFirst: true,
        onCard: false,
        cell: (call) => <span className="tabular">{call.closed_at ? format.instant(call.closed_at) : '–'}</span>,
      },
    ],
    [t, format, language, isMine, onOpen],
  );
}

/** Tasks done of all, and comments. */
function Progress({ call: { tasks, comments } }: { call: Call }) {
  const { t } = useTranslation('cockpit');
  return (
    <span className={classes.progress}>
      {tasks.total > 0 && (
        <span data-late={tasks.overdue > 0 || undefined}>
          {t('tasksDone', { done: tasks.total - tasks.open, total: tasks.total })}
        </span>
      )}
      {comments > 0 && (
        <span title={t('commentsCount', { count: comments })}>
          <IconMessage size={14} stroke={1.6} aria-hidden /> {comments}
          <span className="visually-hidden">{t('commentsCount', { count: comments })}</span>
        </span>
      )}
      {tasks.total === 0 && comments === 0 && '–'}
    </span>
  );
}
