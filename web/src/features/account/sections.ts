/** The sections of the page in their order; the address says which is open. */
export const sections = [
  'overview',
  'plan',
  'journey',
  'calls',
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

/** There are ten digits: what came later has a letter, and the others keep the digits that fingers know. */
const letters: Partial<Record<Section, string>> = { plan: 'p', journey: 'm' };
const numbered = sections.filter((section) => !letters[section]);

/** The key that opens a section: 1 to 9 and 0, or a letter. */
export function keyOf(section: Section): string {
  return letters[section] ?? String((numbered.indexOf(section) + 1) % 10);
}

/** The section `step` further on, going around at the ends. */
export function sectionBeside(section: Section, step: 1 | -1): Section {
  return sections[(sections.indexOf(section) + step + sections.length) % sections.length]!;
}
