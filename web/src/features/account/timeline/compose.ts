import { instantOfWall, wallOfInstant } from '../local-time';

const titleLength = 80;

/** The title that was given, else the first line of the text. */
export function titleFrom(title: string, body: string): string {
  const given = title.trim();
  if (given !== '') return given;
  const [firstLine = ''] = body.trim().split('\n');
  return firstLine.length > titleLength ? `${firstLine.slice(0, titleLength - 1)}…` : firstLine;
}

/** Now; in a workspace whose day stands still, this hour of that day, since nothing later is shown there. */
export function nowOf(bookDay: string, bookDayFixed: boolean, timeZone: string, now = new Date()): string {
  if (!bookDayFixed) return now.toISOString();
  const [, clock] = wallOfInstant(now.toISOString(), timeZone).split(' ');
  return instantOfWall(`${bookDay} ${clock}`, timeZone);
}
