// "@name" in what people write: where one is being typed, how it is put in, and which are there.

export interface Mentionable {
  id: number;
  name: string;
}

const longestQuery = 24;

/** The mention that is being typed before the caret: where its sign stands, and the letters after it. */
export function mentionAt(text: string, caret: number): { start: number; query: string } | undefined {
  const before = text.slice(0, caret);
  const start = Math.max(before.lastIndexOf('@'), before.lastIndexOf('＠'));
  if (start === -1) return undefined;
  const query = before.slice(start + 1);
  // The sign of a mail address stands after a letter of it.
  const isAddress = /[A-Za-z0-9._+-]/.test(before.charAt(start - 1));
  return isAddress || query.length > longestQuery || query.includes('\n') ? undefined : { start, query };
}

/** The text with the name in place of what was typed, and where the caret goes. */
export function withMention(text: string, start: number, caret: number, name: string): { text: string; caret: number } {
  const put = `@${name} `;
  return { text: text.slice(0, start) + put + text.slice(caret), caret: start + put.length };
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

/** Who could be meant, those whose name begins so first. */
export function matching<Person extends Mentionable>(people: readonly Person[], query: string, most: number): Person[] {
  const wanted = folded(query);
  return people
    .filter(({ name }) => folded(name).includes(wanted))
    .toSorted((a, b) => Number(folded(b.name).startsWith(wanted)) - Number(folded(a.name).startsWith(wanted)))
    .slice(0, most);
}

/** The text in pieces, mentions apart. Of names that begin alike the longer one counts. */
export function mentionParts<Person extends Mentionable>(
  text: string,
  people: readonly Person[],
): { text: string; person?: Person }[] {
  const byLength = people.filter(({ name }) => name !== '').toSorted((a, b) => b.name.length - a.name.length);
  const parts: { text: string; person?: Person }[] = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const person = text[at] === '@' ? byLength.find(({ name }) => text.startsWith(name, at + 1)) : undefined;
    if (!person) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain !== '') parts.push({ text: plain });
    plain = '';
    parts.push({ text: `@${person.name}`, person });
    at += person.name.length + 1;
  }
  if (plain !== '') parts.push({ text: plain });
  return parts;
}

/** The people who are mentioned, each once. */
export function mentionedIn(text: string, people: readonly Mentionable[]): number[] {
  return [...new Set(mentionParts(text, people).flatMap(({ person }) => (person ? [person.id] : [])))];
}
