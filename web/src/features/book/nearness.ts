import { daysBetween, type Day } from '../../lib/format/date';

const soon_days = 30;
const near_days = 90;

/** How urgent a coming day is; colour is kept for what is near. */
export function nearness(day: Day, today: Day): 'past' | 'soon' | 'near' | 'far' {
  const distance = daysBetween(today, day);
  if (distance < 0) return 'past';
  if (distance <= soon_days) return 'soon';
  return distance <= near_days ? 'near' : 'far';
}
