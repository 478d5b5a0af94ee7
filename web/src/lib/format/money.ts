import type { Language } from '../language';

/** As the server sends it: whole minor units, so 1,250 yen is 1250 and 12.50 dollars is 1250. */
export interface MoneyAmount {
  amount_minor: number;
  currency: string;
}

const minus = '−';
const missing = '–';

/** Digits after the decimal point in a currency's usual notation: JPY 0, USD 2. */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

export function majorUnits(money: MoneyAmount): number {
  return money.amount_minor / 10 ** minorDigits(money.currency);
}

/** To three significant digits for values below 100, whole above: 3.1, 12.5, 1,250. */
function short(value: number): string {
  const decimals = value < 100 ? 1 : 0;
  return new Intl.NumberFormat('en', { maximumFractionDigits: decimals }).format(value);
}

// Each step ends where rounding would show the next one: 9,999.6万 is 1億, 999.96K is 1M.
const japaneseSteps = [
  { from: 999_950_000_000, unit: 1e12, suffix: '兆' },
  { from: 99_995_000, unit: 1e8, suffix: '億' },
  { from: 10_000, unit: 1e4, suffix: '万' },
];
const englishSteps = [
  { from: 999_950_000, unit: 1e9, suffix: 'B' },
  { from: 999_950, unit: 1e6, suffix: 'M' },
  { from: 10_000, unit: 1e3, suffix: 'K' },
];

/** "JPY" → 円, "USD" → ドル: what Japanese puts after the figure. Other codes are written out. */
const japaneseUnits: Record<string, string> = { JPY: '円', USD: '米ドル', EUR: 'ユーロ', GBP: '英ポンド' };

function withUnit(figure: string, currency: string, language: Language): string {
  if (language === 'en') return `${currency} ${figure}`;
  const unit = japaneseUnits[currency];
  return unit ? `${figure}${unit}` : `${figure} ${currency}`;
}

/** For lists and figures: 3.1億円, 1,250万円, 9,800円; JPY 310M, USD 12.5K. */
export function formatMoney(money: MoneyAmount | null | undefined, language: Language): string {
  if (money == null) return missing;
  const value = majorUnits(money);
  const size = Math.abs(value);
  const step = (language === 'ja' ? japaneseSteps : englishSteps).find(({ from }) => size >= from);
  const figure = step ? short(size / step.unit) + step.suffix : exactFigure(size, money.currency);
  return (value < 0 ? minus : '') + withUnit(figure, money.currency, language);
}

/** To the last minor unit, for tooltips and contracts: 12,503,200円, USD 1,250.50. */
export function formatMoneyExact(money: MoneyAmount | null | undefined, language: Language): string {
  if (money == null) return missing;
  const value = majorUnits(money);
  return (value < 0 ? minus : '') + withUnit(exactFigure(Math.abs(value), money.currency), money.currency, language);
}

function exactFigure(value: number, currency: string): string {
  const digits = Number.isInteger(value) ? 0 : minorDigits(currency);
  return new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}
