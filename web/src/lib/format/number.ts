import type { Language } from '../language';

const minus = '−';
const missing = '–';

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(language === 'ja' ? 'ja-JP' : 'en-GB', options);
}

/** 12345.6 → "12,345.6". Absent numbers are a dash, never a zero. */
export function formatNumber(value: number | null | undefined, language: Language, decimals = 0): string {
  if (value == null || !Number.isFinite(value)) return missing;
  return formatter(language, { maximumFractionDigits: decimals, signDisplay: 'negative' })
    .format(value)
    .replace('-', minus);
}

/** A ratio: 0.124 → "12.4%". */
export function formatPercent(ratio: number | null | undefined, language: Language, decimals = 1): string {
  if (ratio == null || !Number.isFinite(ratio)) return missing;
  return formatter(language, { style: 'percent', maximumFractionDigits: decimals, signDisplay: 'negative' })
    .format(ratio)
    .replace('-', minus);
}

/** A difference, always with its sign: 4 → "+4", 0 → "±0". */
export function formatChange(value: number | null | undefined, language: Language, decimals = 0): string {
  if (value == null || !Number.isFinite(value)) return missing;
  const text = formatNumber(Math.abs(value), language, decimals);
  if (Number(text.replaceAll(',', '')) === 0) return '±0';
  return (value > 0 ? '+' : minus) + text;
}
