// What the stream says of the sources, worked into what is on the page.
import type { Intake, IntakeCounts, IntakeMinute, IntakeSource } from '../../api/intake';
import type { IntakeEvent } from '../../api/live';

export const countNames = ['accepted', 'duplicates', 'late', 'refused', 'quarantined'] as const;
export type CountName = (typeof countNames)[number];

const minutesShown = 60;
const minute_ms = 60_000;

type SourceNews = IntakeEvent['sources'][number];

/** The intake with the new counters in it; what was added since goes into the running minute. */
export function withNews(intake: Intake, news: readonly SourceNews[], now_ms: number): Intake {
  const byId = new Map(news.map((source) => [source.id, source]));
  return {
    ...intake,
    sources: intake.sources.map((source) => {
      const its = byId.get(source.id);
      return its ? withCounts(source, its, now_ms) : source;
    }),
  };
}

function withCounts(source: IntakeSource, news: SourceNews, now_ms: number): IntakeSource {
  const added = {} as IntakeCounts;
  for (const name of countNames) added[name] = Math.max(0, news[name] - source[name]);
  const cameAgain = news.last_received_at !== null && news.last_received_at !== source.last_received_at;
  return {
    ...source,
    ...news,
    silent: source.silent && !cameAgain,
    minutes: withMinute(source.minutes, added, now_ms),
  };
}

function withMinute(minutes: readonly IntakeMinute[], added: IntakeCounts, now_ms: number): IntakeMinute[] {
  if (countNames.every((name) => added[name] === 0)) return [...minutes];
  const at_ms = Math.floor(now_ms / minute_ms) * minute_ms;
  const last = minutes.at(-1);
  if (last && Date.parse(last.at) >= at_ms) {
    const sum = { ...last };
    for (const name of countNames) sum[name] += added[name];
    return [...minutes.slice(0, -1), sum];
  }
  return [...minutes, { at: new Date(at_ms).toISOString(), ...added }].slice(-minutesShown);
}

/** One entry for each of the last 60 minutes, the running one last; minutes without anything are zero. */
export function lastHour(minutes: readonly IntakeMinute[], now_ms: number): IntakeMinute[] {
  const byStart = new Map(minutes.map((minute) => [Math.floor(Date.parse(minute.at) / minute_ms), minute]));
  const current = Math.floor(now_ms / minute_ms);
  return Array.from({ length: minutesShown }, (_, index) => {
    const start = current - minutesShown + 1 + index;
    return (
      byStart.get(start) ?? {
        at: new Date(start * minute_ms).toISOString(),
        accepted: 0,
        duplicates: 0,
        late: 0,
        refused: 0,
        quarantined: 0,
      }
    );
  });
}

export type SourceState = 'receiving' | 'quiet' | 'silent' | 'off' | 'waiting';

const receivingWithin_ms = 5 * minute_ms;

export function sourceState(
  source: Pick<IntakeSource, 'disabled' | 'silent' | 'last_received_at'>,
  now_ms: number,
): SourceState {
  if (source.disabled) return 'off';
  if (source.silent) return 'silent';
  if (source.last_received_at === null) return 'waiting';
  return now_ms - Date.parse(source.last_received_at) < receivingWithin_ms ? 'receiving' : 'quiet';
}
