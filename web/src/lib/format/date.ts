// Days are "YYYY-MM-DD" and have no zone; instants are ISO 8601 in UTC and are shown in the viewer's zone.
import type { Language } from '../language';

export type Day = string;

const missing = '–';
const millisecondsPerDay = 86_400_000;
const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const japaneseWeekdays = ['日', '月', '火', '水', '木', '金', '土'];

export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function parts(day: Day) {
  const date = new Date(`${day}T00:00:00Z`);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * millisecondsPerDay).toISOString().slice(0, 10);
}

/** How many days from one day to another: negative where `to` lies before `from`. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisecondsPerDay);
}

/** The calendar day that an instant falls on for a viewer in this zone. */
export function dayOf(instant: string, timeZone: string): Day {
  const fields = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return fields.format(new Date(instant));
}

/** 2026年11月21日(土) / 21 Nov 2026 */
export function formatDay(day: Day | null | undefined, language: Language): string {
  if (!isDay(day)) return missing;
  const { year, month, day: date, weekday } = parts(day);
  return language === 'ja'
    ? `${year}年${month}月${date}日(${japaneseWeekdays[weekday]})`
    : `${date} ${englishMonths[month - 1]} ${year}`;
}

/** For dense columns: 2026/11/21 / 21 Nov 2026 */
export function formatDayShort(day: Day | null | undefined, language: Language): string {
  if (!isDay(day)) return missing;
  return language === 'ja' ? day.replaceAll('-', '/') : formatDay(day, language);
}

/** 2026年11月 / Nov 2026 */
export function formatMonth(day: Day, language: Language): string {
  const { year, month } = parts(day);
  return language === 'ja' ? `${year}年${month}月` : `${englishMonths[month - 1]} ${year}`;
}

/** 2026年11月21日(土) 9:05 / 21 Nov 2026, 09:05 */
export function formatInstant(instant: string | null | undefined, language: Language, timeZone: string): string {
  if (!instant || Number.isNaN(Date.parse(instant))) return missing;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
  const day = formatDay(dayOf(instant, timeZone), language);
  return language === 'ja' ? `${day} ${clock.replace(/^0/, '')}` : `${day}, ${clock}`;
}

interface RelativeStep {
  below_days: number;
  days_per_unit: number;
  ja: (count: number) => string;
  en: (count: number) => string;
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
const relativeSteps: RelativeStep[] = [
  { below_days: 14, days_per_unit: 1, ja: (n) => `${n}日`, en: (n) => plural(n, 'day') },
  { below_days: 60, days_per_unit: 7, ja: (n) => `${n}週間`, en: (n) => plural(n, 'week') },
  { below_days: 700, days_per_unit: 30.44, ja: (n) => `${n}か月`, en: (n) => plural(n, 'month') },
  { below_days: Infinity, days_per_unit: 365.25, ja: (n) => `${n}年`, en: (n) => plural(n, 'year') },
];

/** 今日, 昨日, 3日前, 2週間後 / today, yesterday, 3 days ago, in 2 weeks */
export function formatRelativeDay(day: Day | null | undefined, today: Day, language: Language): string {
  if (!isDay(day)) return missing;
  const distance = daysBetween(today, day);
  const named: Record<number, [ja: string, en: string]> = {
    [-1]: ['昨日', 'yesterday'],
    0: ['今日', 'today'],
    1: ['明日', 'tomorrow'],
  };
  const name = named[distance];
  if (name) return language === 'ja' ? name[0] : name[1];
  const size = Math.abs(distance);
  const step = relativeSteps.find(({ below_days }) => size < below_days)!;
  const amount = step[language](Math.round(size / step.days_per_unit));
  if (language === 'ja') return amount + (distance < 0 ? '前' : '後');
  return distance < 0 ? `${amount} ago` : `in ${amount}`;
}

const secondsPerMinute = 60;
const secondsPerHour = 3600;
const secondsPerDay = 86_400;

/** たった今, 3秒前, 5分前, 2時間前, 3日前 / just now, 3 s ago, 5 min ago, 2 h ago, 3 days ago */
export function formatRelativeInstant(instant: string | null | undefined, now_ms: number, language: Language): string {
  const at_ms = instant ? Date.parse(instant) : NaN;
  if (Number.isNaN(at_ms)) return missing;
  // The server's clock may be a little ahead of the browser's.
  const seconds = Math.max(0, Math.round((now_ms - at_ms) / 1000));
  const ja = language === 'ja';
  if (seconds < 2) return ja ? 'たった今' : 'just now';
  if (seconds < secondsPerMinute) return ja ? `${seconds}秒前` : `${seconds} s ago`;
  const minutes = Math.floor(seconds / secondsPerMinute);
  if (seconds < secondsPerHour) return ja ? `${minutes}分前` : `${minutes} min ago`;
  const hours = Math.floor(seconds / secondsPerHour);
  if (seconds < secondsPerDay) return ja ? `${hours}時間前` : `${hours} h ago`;
  const days = Math.floor(seconds / secondsPerDay);
  return ja ? `${days}日前` : `${plural(days, 'day')} ago`;
}

/** 2026/11/21 9:05:07.123 / 21 Nov 2026, 09:05:07.123: for what happens many times a second. */
export function formatInstantExact(instant: string | null | undefined, language: Language, timeZone: string): string {
  if (!instant || Number.isNaN(Date.parse(instant))) return missing;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  }).format(new Date(instant));
  const day = formatDayShort(dayOf(instant, timeZone), language);
  return language === 'ja' ? `${day} ${clock.replace(/^0/, '')}` : `${day}, ${clock}`;
}

/** 9:05:07 / 09:05:07 */
export function formatClock(instant: string, language: Language, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(instant));
  return language === 'ja' ? clock.replace(/^0/, '') : clock;
}

/** How long something took, exactly enough: 850ミリ秒, 1.2秒, 3分 / 850 ms, 1.2 s, 3 min. */
export function formatLag(milliseconds: number | null | undefined, language: Language): string {
  if (milliseconds == null || !Number.isFinite(milliseconds)) return missing;
  const ja = language === 'ja';
  const size = Math.abs(milliseconds);
  const sign = milliseconds < 0 ? '−' : '';
  if (size < 1000) return `${sign}${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)}${ja ? 'ミリ秒' : ' ms'}`;
  const seconds = size / 1000;
  if (seconds < 100) return `${sign}${seconds.toFixed(1)}${ja ? '秒' : ' s'}`;
  const minutes = seconds / secondsPerMinute;
  if (minutes < 100) return `${sign}${Math.round(minutes)}${ja ? '分' : ' min'}`;
  const hours = minutes / 60;
  if (hours < 48) return `${sign}${Math.round(hours)}${ja ? '時間' : ' h'}`;
  return `${sign}${Math.round(hours / 24)}${ja ? '日' : ' days'}`;
}

/** A length of time for progress: 約3分 / about 3 min */
export function formatDuration(seconds: number, language: Language): string {
  if (seconds < 60) {
    const whole = Math.max(1, Math.round(seconds));
    return language === 'ja' ? `約${whole}秒` : `about ${whole} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return language === 'ja' ? `約${minutes}分` : `about ${minutes} min`;
  const hours = Math.round(seconds / 3600);
  return language === 'ja' ? `約${hours}時間` : `about ${hours} h`;
}

export interface FiscalQuarter {
  year: number;
  quarter: 1 | 2 | 3 | 4;
}

/** The fiscal year carries the calendar year it starts in, in Japan and here: from April, January 2027 is FY2026 Q4. */
export function fiscalQuarter(day: Day, startMonth: number): FiscalQuarter {
  const { year, month } = parts(day);
  const monthsIn = (month - startMonth + 12) % 12;
  return {
    year: month < startMonth ? year - 1 : year,
    quarter: (Math.floor(monthsIn / 3) + 1) as FiscalQuarter['quarter'],
  };
}

/** 2026年度第3四半期 / FY2026 Q3 */
export function formatFiscalQuarter(day: Day, startMonth: number, language: Language): string {
  const { year, quarter } = fiscalQuarter(day, startMonth);
  return language === 'ja' ? `${year}年度第${quarter}四半期` : `FY${year} Q${quarter}`;
}
