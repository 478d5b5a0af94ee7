/** The sections of the page in the order of the keys 1 to 9; the address says which is open. */
export const sections = [
  'overview',
  'timeline',
  'usage',
  'contacts',
  'contracts',
  'tickets',
  'surveys',
  'attendance',
  'changes',
] as const;
export type Section = (typeof sections)[number];

/** The section `step` further on, going around at the ends. */
export function sectionBeside(section: Section, step: 1 | -1): Section {
  return sections[(sections.indexOf(section) + step + sections.length) % sections.length]!;
}
