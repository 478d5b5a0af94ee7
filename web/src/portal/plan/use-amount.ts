import { useFormat } from '../../lib/viewer';

/** A figure with its unit behind it: 12.5時間, 12.5 hours. */
export function useAmount(unit: string): (value: number | null) => string {
  const format = useFormat();
  // "%" and Japanese units stand close to the figure, words of latin letters apart.
  const space = /^[A-Za-z]/.test(unit) ? ' ' : '';
  return (value) => (value === null ? '–' : `${format.number(value, 2)}${space}${unit}`);
}
