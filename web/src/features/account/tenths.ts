/** Points to one place, so that columns of them line up: "9" → "9.0". Dashes and "±0" stay. */
export function tenths(formatted: string): string {
  return /^[+\u2212]?[\d,]+$/.test(formatted) ? `${formatted}.0` : formatted;
}
