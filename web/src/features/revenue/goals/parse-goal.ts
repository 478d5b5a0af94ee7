// What people write into a goal: "3.1億", "1,250万円", "310M", "105%". Full-width figures are as good as narrow ones.
import { minorDigits } from '../../../lib/format/money';

const powers: Record<string, number> = { 兆: 1e12, 億: 1e8, 万: 1e4, 千: 1e3, b: 1e9, m: 1e6, k: 1e3 };

function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s,]/g, '').toLowerCase();
}

/** Minor units; undefined where it is no amount. A currency's own name or sign around it does not disturb. */
export function parseAmount(text: string, currency: string): number | undefined {
  const bare = plain(text)
    .replace(currency.toLowerCase(), '')
    .replaceAll(/[¥$€£円]/g, '');
  const match = /^(\d+(?:\.\d+)?)([兆億万千bmk])?(?:(\d+(?:\.\d+)?)([万千]))?$/.exec(bare);
  if (!match) return undefined;
  const [, figure, power, second, secondPower] = match;
  const value = Number(figure) * (power ? powers[power]! : 1) + (second ? Number(second) * powers[secondPower!]! : 0);
  const minor = Math.round(value * 10 ** minorDigits(currency));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** A share: "105%" and "105" are 1.05; undefined where it is none, or beyond `most`. */
export function parseShare(text: string, most: number): number | undefined {
  const match = /^(\d+(?:\.\d+)?)%?$/.exec(plain(text));
  if (!match) return undefined;
  const share = Math.round(Number(match[1]) * 1e4) / 1e6;
  return share <= most ? share : undefined;
}
