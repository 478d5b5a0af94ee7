import { contactRoles, type Contact } from '../types';

export function isPresent({ left_day }: Contact): boolean {
  return left_day === null;
}

function rank({ roles }: Contact): number {
  const first = contactRoles.findIndex((role) => roles.includes(role));
  return first === -1 ? contactRoles.length : first;
}

/** Those present before those who left, champions and sponsors first, then by name. */
export function byImportance(a: Contact, b: Contact): number {
  return (
    Number(isPresent(b)) - Number(isPresent(a)) ||
    rank(a) - rank(b) ||
    (a.reading ?? a.name).localeCompare(b.reading ?? b.name, 'ja')
  );
}
