/** What somebody typed as a figure, also in full-width digits and with separators; undefined where it is none. */
export function figureFrom(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '').replace(/[−ー]/g, '-');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
