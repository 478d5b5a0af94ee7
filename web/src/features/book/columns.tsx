import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookField } from '../../api/book-fields';
import type { DataColumn } from '../../components/data-table/types';
import { LevelBadge } from '../../components/LevelBadge';
import { Money } from '../../components/Money';
import { Score, ScoreChange } from '../../components/Score';
import { useKnownWord } from '../../lib/known-words/known-words';
import type { Language } from '../../lib/language';
import { useLanguage } from '../../lib/viewer';
import { cellValue } from './catalogue';
import { ComingDay, Dash, NameCell, UtilisationCell, ValueCell } from './cells';
import type { BookRow } from './types';

interface OwnColumn {
  /** English dates and headings need more room than Japanese ones. */
  width_px: number | Record<Language, number>;
  align?: 'right';
  cell: (row: BookRow, context: CellContext) => ReactNode;
  onCard?: boolean;
}

interface CellContext {
  language: Language;
  word: ReturnType<typeof useKnownWord>;
  openAccount: (id: string) => void;
}

const change_days = 28;

/** The columns that have a look of their own; every other field of the catalogue is shown by its type. */
const ownColumns: Record<string, OwnColumn> = {
  name: { width_px: 236, cell: (row, { openAccount }) => <NameCell row={row} onOpen={openAccount} /> },
  score: {
    width_px: 226,
    cell: (row, { language, openAccount }) => (
      <Score
        score={row.score}
        level={row.level}
        history={row.sparkline}
        reasons={row.reasons.map((reason) => reason[language])}
        onOpen={() => openAccount(String(row.id))}
        aligned
      />
    ),
  },
  level: { width_px: 110, cell: (row) => <LevelBadge level={row.level} />, onCard: false },
  score_change_28d: {
    width_px: { ja: 124, en: 144 },
    align: 'right',
    cell: (row) => <ScoreChange change={row.score_change_28d} days={change_days} hidePeriod />,
  },
  arr: { width_px: 108, align: 'right', cell: (row) => <Money value={row.arr} /> },
  mrr: { width_px: 108, align: 'right', cell: (row) => <Money value={row.mrr} /> },
  notice_deadline: { width_px: { ja: 172, en: 200 }, cell: (row) => <ComingDay day={row.notice_deadline} /> },
  renewal_day: { width_px: { ja: 172, en: 200 }, cell: (row) => <ComingDay day={row.renewal_day} /> },
  owner: {
    width_px: 120,
    cell: (row) => (row.owner ? <span title={row.owner.name}>{row.owner.name}</span> : <Dash />),
  },
  phase: {
    width_px: 136,
    cell: (row, { word }) => <span title={word('phase', row.phase ?? '')}>{word('phase', row.phase ?? '')}</span>,
  },
  utilisation: { width_px: 112, align: 'right', cell: (row) => <UtilisationCell row={row} /> },
};

const standardWidth_px = 120;

function widthOf(own: OwnColumn | undefined, language: Language): number {
  const width_px = own?.width_px ?? standardWidth_px;
  return typeof width_px === 'number' ? width_px : width_px[language];
}

export const standardColumns = [
  'name',
  'score',
  'score_change_28d',
  'arr',
  'renewal_day',
  'owner',
  'phase',
  'last_activity_day',
  'utilisation',
];

const numeric = new Set(['number', 'money']);

/** A column for every field of the catalogue that can be shown. */
export function useBookColumns(
  fields: readonly BookField[] | undefined,
  openAccount: (id: string) => void,
): readonly DataColumn<BookRow>[] {
  const language = useLanguage();
  const { t } = useTranslation('book');
  const word = useKnownWord();
  return useMemo(() => {
    const context = { language, word, openAccount };
    const column = (field: BookField): DataColumn<BookRow> => {
      const own = ownColumns[field.key];
      return {
        id: field.key,
        header: field.name[language],
        group: field.group_name[language],
        width_px: widthOf(own, language),
        align: own ? own.align : numeric.has(field.type) ? 'right' : undefined,
        sortable: field.sortable,
        onCard: own?.onCard,
        hiddenAtFirst: !standardColumns.includes(field.key),
        cell: own
          ? (row) => own.cell(row, context)
          : (row) => <ValueCell field={field} value={cellValue(row, field.key)} />,
      };
    };
    const known = fields?.filter((field) => field.column) ?? [];
    const name: BookField = {
      key: 'name',
      name: { en: t('column.name'), ja: t('column.name') },
      group: 'account',
      group_name: { en: '', ja: '' },
      type: 'text',
      sortable: true,
      column: true,
    };
    const rest = known.filter(({ key }) => key !== 'name');
    return [known.find(({ key }) => key === 'name') ?? name, ...rest].map(column);
  }, [fields, language, word, openAccount, t]);
}
