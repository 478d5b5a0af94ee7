import type { useFormat } from '../../lib/viewer';
import type { Effect } from './requests';

type Format = ReturnType<typeof useFormat>;

const signed = (text: string, value: number) => (value > 0 ? `+${text}` : text);

/** A difference as people read it: "+4.2", "−8.0 %", "+¥1.2M". Shares are told in percentage points. */
export function differenceText(effect: Effect, value: number | null, format: Format, currency: string): string {
  if (value === null) return '–';
  if (effect.unit === 'money') return signed(format.money({ amount_minor: Math.round(value), currency }), value);
  if (effect.unit === 'share') return signed(`${format.number(value * 100, 1)}pt`, value);
  return signed(format.number(value, 1), value);
}

/** What one side has: a rate, a mean change, or an amount. */
export function sideText(effect: Effect, value: number | null, format: Format, currency: string): string {
  if (value === null) return '–';
  if (effect.unit === 'money') return signed(format.money({ amount_minor: Math.round(value), currency }), value);
  if (effect.unit === 'share') return format.percent(value, 1);
  return signed(format.number(value, 1), value);
}

/** In standard errors: measures of different units then share one axis. Nothing where there is no interval. */
export function inStandardErrors(effect: Effect): { middle: number; low: number; high: number } | null {
  const { difference, low, high } = effect;
  if (difference === null || low === null || high === null || high <= low) return null;
  const unit = (high - low) / 2;
  return { middle: difference / unit, low: low / unit, high: high / unit };
}
