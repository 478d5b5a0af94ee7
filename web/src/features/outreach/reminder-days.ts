/** What the server takes where a survey says nothing of it. */
export const usualReminders = [3, 10];
const mostReminders = 5;

/** "3, 10" or 「3、10」: days after the invitation, ascending, while the survey is open. Null where they are not. */
export function readReminderDays(text: string, openDays: number): number[] | null {
  const parts = text
    .normalize('NFKC')
    .split(/[,、\s]+/)
    .filter((part) => part !== '');
  if (parts.length > mostReminders || parts.some((part) => !/^\d{1,3}$/.test(part))) return null;
  const days = parts.map(Number);
  const isGood = days.every((day, index) => day >= 1 && day < openDays && (index === 0 || day > days[index - 1]!));
  return isGood ? days : null;
}
