/** The five health levels, best first, and the state of an account that has no score yet. The keys come from the server. */
export const levels = ['thriving', 'healthy', 'watch', 'at_risk', 'critical', 'unknown'] as const;
export type Level = (typeof levels)[number];

export function asLevel(key: string | null | undefined): Level {
  return levels.find((level) => level === key) ?? 'unknown';
}

export function levelColor(level: Level): string {
  return `var(--level-${level})`;
}

export function levelSoftColor(level: Level): string {
  return `var(--level-${level}-soft)`;
}
