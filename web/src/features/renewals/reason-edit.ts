import type { RenewalReason } from '../../api/renewal-reasons';
import type { TwoLanguages } from '../../lib/language';

/** What the definition of a reason holds. */
export interface ReasonBody {
  name: TwoLanguages;
  description: string;
  applies_to: RenewalReason['applies_to'];
}

const longestKey = 60;

/** A key out of the English name that no other reason has, retired ones included. */
export function keyFor(name: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, longestKey) || 'reason';
  let key = base;
  for (let number = 2; taken.has(key); number++) key = `${base}_${number}`;
  return key;
}

/** Another reason in use that is called the same in one of the languages: nobody could tell the two apart. */
export function sameName(reasons: readonly RenewalReason[], body: ReasonBody, own: string | undefined) {
  const alike = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
  return reasons.find(
    ({ key, name, retired }) =>
      key !== own && !retired && (alike(name.ja, body.name.ja) || alike(name.en, body.name.en)),
  );
}

export function bodyOf({ name, description, applies_to }: RenewalReason): ReasonBody {
  return { name, description, applies_to };
}
