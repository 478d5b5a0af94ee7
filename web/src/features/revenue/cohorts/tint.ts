import type { CSSProperties } from 'react';

const [nothing, everything] = [0, 1.1];
const darkest_percent = 45;

/** How much of the accent lies behind a share: light enough at its darkest that the figure on it stays legible. */
export function tintOf(share: number | null): CSSProperties {
  if (share === null) return {};
  const part = Math.min(Math.max((share - nothing) / (everything - nothing), 0), 1);
  return {
    background: `color-mix(in srgb, var(--text-link) ${Math.round(part * part * darkest_percent)}%, var(--surface-page))`,
  };
}
