// Who looks, and how they read numbers and dates. The app provides it once somebody is known; before that, defaults hold.
import { createContext, use, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Day,
  formatClock,
  formatDay,
  formatDayShort,
  formatDuration,
  formatFiscalQuarter,
  formatInstant,
  formatInstantExact,
  formatLag,
  formatMonth,
  formatRelativeDay,
} from './format/date';
import { formatMoney, formatMoneyExact, type MoneyAmount } from './format/money';
import { formatChange, formatNumber, formatPercent } from './format/number';
import { isLanguage, type Language } from './language';

export type Role = 'admin' | 'leader' | 'csm' | 'read_only';

export interface Viewer {
  userId: number;
  name: string;
  email: string;
  role: Role;
  timeZone: string;
  /** Of the workspace's clock; `timeZone` is this person's. */
  workspaceTimeZone: string;
  fiscalYearStartMonth: number;
  /** ISO 4217 code in which sums over many accounts are given. */
  reportingCurrency: string;
  /** The workspace's "today". A demo or a historical data set has one that stands still. */
  bookDay: Day;
  bookDayFixed: boolean;
  workspaceName: string;
}

const nobody: Viewer = {
  userId: 0,
  name: '',
  email: '',
  role: 'read_only',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  workspaceTimeZone: 'UTC',
  fiscalYearStartMonth: 4,
  reportingCurrency: 'JPY',
  bookDay: new Date().toISOString().slice(0, 10),
  bookDayFixed: false,
  workspaceName: '',
};

const ViewerContext = createContext<Viewer>(nobody);

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

export function useViewer(): Viewer {
  return use(ViewerContext);
}

const ShownDayContext = createContext<Day | null>(null);

/** Within it "in 3 days" counts from that day: a page as known on a past day speaks as it did then. */
export function ShownDayProvider({ day, children }: { day: Day; children: ReactNode }) {
  return <ShownDayContext value={day}>{children}</ShownDayContext>;
}

/** The day that the page speaks of; the workspace's today where nothing says otherwise. */
export function useShownDay(): Day {
  const { bookDay } = useViewer();
  return use(ShownDayContext) ?? bookDay;
}

/** May this person change records? Settings and users need more than this; the server decides in any case. */
export function useMayEdit(): boolean {
  return useViewer().role !== 'read_only';
}

/** Leaders and administrators change definitions; everybody reads them. */
export function useMayDefine(): boolean {
  const { role } = useViewer();
  return role === 'admin' || role === 'leader';
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return isLanguage(i18n.language) ? i18n.language : 'en';
}

/** The formatting helpers with language, zone, fiscal year and "today" of the viewer already given. */
export function useFormat() {
  const language = useLanguage();
  const { timeZone, fiscalYearStartMonth } = useViewer();
  const shownDay = useShownDay();
  return useMemo(
    () => ({
      language,
      number: (value: number | null | undefined, decimals?: number) => formatNumber(value, language, decimals),
      percent: (ratio: number | null | undefined, decimals?: number) => formatPercent(ratio, language, decimals),
      change: (value: number | null | undefined, decimals?: number) => formatChange(value, language, decimals),
      money: (money: MoneyAmount | null | undefined) => formatMoney(money, language),
      moneyExact: (money: MoneyAmount | null | undefined) => formatMoneyExact(money, language),
      day: (day: Day | null | undefined) => formatDay(day, language),
      dayShort: (day: Day | null | undefined) => formatDayShort(day, language),
      month: (day: Day) => formatMonth(day, language),
      instant: (instant: string | null | undefined) => formatInstant(instant, language, timeZone),
      instantExact: (instant: string | null | undefined) => formatInstantExact(instant, language, timeZone),
      clock: (instant: string) => formatClock(instant, language, timeZone),
      lag: (milliseconds: number | null | undefined) => formatLag(milliseconds, language),
      relativeDay: (day: Day | null | undefined) => formatRelativeDay(day, shownDay, language),
      fiscalQuarter: (day: Day) => formatFiscalQuarter(day, fiscalYearStartMonth, language),
      duration: (seconds: number) => formatDuration(seconds, language),
    }),
    [language, timeZone, fiscalYearStartMonth, shownDay],
  );
}
