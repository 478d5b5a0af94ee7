// Between the wall clock of a time zone, which people enter, and instants, which are sent.

/** How far the zone's clock is ahead of UTC at that moment. */
function offset_ms(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((piece) => piece.type === type)!.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}

/** "2026-11-21 09:05:00" on the wall of the zone → "2026-11-21T00:05:00.000Z". */
export function instantOfWall(wall: string, timeZone: string): string {
  const asUtc = Date.parse(`${wall.replace(' ', 'T')}Z`);
  const guess = asUtc - offset_ms(new Date(asUtc), timeZone);
  // A second look settles the hours around a change of daylight saving time.
  return new Date(asUtc - offset_ms(new Date(guess), timeZone)).toISOString();
}

/** The reverse: what the zone's clock shows, "2026-11-21 09:05:00". */
export function wallOfInstant(instant: string, timeZone: string): string {
  const at = new Date(instant);
  return new Date(at.getTime() + offset_ms(at, timeZone)).toISOString().slice(0, 19).replace('T', ' ');
}

/** Now; in a workspace whose day stands still, this hour of that day, since nothing later is shown there. */
export function nowOf(bookDay: string, bookDayFixed: boolean, timeZone: string, now = new Date()): string {
  if (!bookDayFixed) return now.toISOString();
  const [, clock] = wallOfInstant(now.toISOString(), timeZone).split(' ');
  return instantOfWall(`${bookDay} ${clock}`, timeZone);
}
