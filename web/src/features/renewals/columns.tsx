import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataColumn } from '../../components/data-table/types';
import { LevelBadge } from '../../components/LevelBadge';
import { Money } from '../../components/Money';
import { useFormat, useLanguage } from '../../lib/viewer';
import { CategoryBadge, MachineCell, OutcomeBadge } from './Badges';
import { InlineAmount, InlineCategory, InlineText } from './inline';
import classes from './Renewals.module.css';
import type { Renewal, RenewalChange } from './types';

interface ColumnsInput {
  mayEdit: boolean;
  onOpen: (id: string) => void;
  onChange: (id: string, set: RenewalChange) => void;
}

function NextStep({ row }: { row: Renewal }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  if (row.input.next_step === '') {
    return <span className={classes.note}>{row.outcome === 'open' ? t('noNextStep') : '–'}</span>;
  }
  return (
    <span title={row.input.next_step}>
      {row.input.next_step_day && <span className={classes.stepDay}>{format.dayShort(row.input.next_step_day)}</span>}
      {row.input.next_step}
    </span>
  );
}

/** How many business days are left to give or prevent notice. */
function Notice({ row }: { row: Renewal }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  return (
    <time dateTime={row.act_by} className={classes.day}>
      {format.dayShort(row.act_by)}
      {row.business_days_left !== null && row.outcome === 'open' && (
        <span data-near={row.business_days_left <= 10 || undefined}>
          {t('businessDays', { count: row.business_days_left })}
        </span>
      )}
    </time>
  );
}

export function useRenewalColumns({ mayEdit, onOpen, onChange }: ColumnsInput): readonly DataColumn<Renewal>[] {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'account',
        header: t('column.account'),
        width_px: 204,
        sortable: true,
        cell: (row) => (
          <Link
            to="/accounts/$accountId"
            params={{ accountId: String(row.account.id) }}
            className={classes.name}
            title={row.account.name}
            preload={false}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
              event.preventDefault();
              onOpen(row.id);
            }}
          >
            {row.account.name}
          </Link>
        ),
      },
      {
        id: 'due_day',
        header: t('column.due'),
        width_px: language === 'ja' ? 172 : 196,
        sortable: true,
        cell: (row) => (
          <time dateTime={row.due_day} className={classes.day}>
            {format.dayShort(row.due_day)}
            <span>{format.relativeDay(row.due_day)}</span>
          </time>
        ),
      },
      {
        id: 'arr',
        header: t('column.arr'),
        description: t('column.arrHelp'),
        width_px: 112,
        align: 'right',
        sortable: true,
        cell: (row) => <Money value={row.due} />,
      },
      {
        id: 'category',
        header: t('column.category'),
        width_px: 150,
        sortable: true,
        cell: (row) =>
          row.outcome === 'open' ? (
            <InlineCategory
              value={row.category}
              name={row.account.name}
              disabled={!mayEdit}
              onChange={(category) => onChange(row.id, { category })}
            />
          ) : (
            <OutcomeBadge outcome={row.outcome} confirmed={row.confirmed} late={row.late} />
          ),
      },
      {
        id: 'forecast',
        header: t('column.forecast'),
        description: t('column.forecastHelp'),
        width_px: 136,
        align: 'right',
        sortable: true,
        cell: (row) => (
          <InlineAmount
            value={row.forecast}
            label={t('edit.forecast', { name: row.account.name })}
            disabled={!mayEdit || row.outcome !== 'open'}
            shown={
              <span className={classes.amount} data-basis={row.forecast_basis} title={t(`basis.${row.forecast_basis}`)}>
                <Money value={row.forecast} />
              </span>
            }
            onChange={(forecast_minor) => onChange(row.id, { forecast_minor })}
          />
        ),
      },
      {
        id: 'probability',
        header: t('column.machine'),
        description: t('column.machineHelp'),
        width_px: language === 'ja' ? 128 : 150,
        align: 'right',
        sortable: true,
        cell: (row) => <MachineCell machine={row.machine} />,
      },
      {
        id: 'next_step',
        header: t('column.nextStep'),
        width_px: 220,
        cell: (row) => (
          <InlineText
            value={row.input.next_step}
            label={t('edit.nextStep', { name: row.account.name })}
            disabled={!mayEdit || row.outcome !== 'open'}
            shown={<NextStep row={row} />}
            onChange={(next_step) => onChange(row.id, { next_step })}
          />
        ),
      },
      {
        id: 'level',
        header: t('column.level'),
        width_px: 110,
        sortable: true,
        cell: (row) => <LevelBadge level={row.level} />,
      },
      {
        id: 'notice_day',
        header: t('column.notice'),
        description: t('column.noticeHelp'),
        width_px: language === 'ja' ? 200 : 236,
        sortable: true,
        onCard: false,
        cell: (row) => <Notice row={row} />,
      },
      {
        id: 'owner',
        header: t('column.owner'),
        width_px: 120,
        sortable: true,
        cell: (row) => <span title={row.owner?.name}>{row.owner?.name ?? '–'}</span>,
      },
      {
        id: 'target',
        header: t('column.target'),
        width_px: 112,
        align: 'right',
        sortable: true,
        hiddenAtFirst: true,
        cell: (row) => <Money value={row.target} />,
      },
      {
        id: 'final',
        header: t('column.final'),
        width_px: 112,
        align: 'right',
        sortable: true,
        hiddenAtFirst: true,
        cell: (row) => (row.final ? <Money value={row.final} /> : '–'),
      },
      {
        id: 'products',
        header: t('column.products'),
        width_px: 200,
        sortable: true,
        hiddenAtFirst: true,
        cell: (row) => <span title={row.products.join(', ')}>{row.products.join(', ')}</span>,
      },
      {
        id: 'outcome',
        header: t('column.outcome'),
        width_px: 190,
        sortable: true,
        hiddenAtFirst: true,
        cell: (row) =>
          row.outcome === 'open' ? (
            <CategoryBadge category="open" />
          ) : (
            <OutcomeBadge outcome={row.outcome} confirmed={row.confirmed} late={row.late} />
          ),
      },
    ],
    [t, format, language, mayEdit, onOpen, onChange],
  );
}
