// The tree's rule (web/README.md): a feature imports no other feature and not the app; shared code imports neither. The
// customers' own view stands apart from all of them.
import { expect, it } from 'vitest';

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../test/**'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** "features/book", "components", "app": where a file below src lives. */
function roomOf(path: string): string {
  const [top, folder] = path.split('/');
  return top === 'features' ? `${top}/${folder}` : top!;
}

function target(file: string, specifier: string): string {
  const folders = file.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') folders.pop();
    else if (part !== '.') folders.push(part);
  }
  return folders.join('/');
}

function isAllowed(from: string, to: string): boolean {
  if (to === 'portal' && from !== 'portal') return false;
  if (from === to || from === 'app' || from === 'main.tsx') return true;
  return to !== 'app' && !to.startsWith('features/');
}

it('keeps features apart', () => {
  const crossings = Object.entries(sources).flatMap(([path, source]) => {
    const file = path.replace(/^\.\.\//, '');
    return [...source.matchAll(/from '(\.[^']*)'|import\('(\.[^']*)'\)/g)]
      .map((match) => target(file, (match[1] ?? match[2])!))
      .filter((to) => !isAllowed(roomOf(file), roomOf(to)))
      .map((to) => `${file} imports ${to}`);
  });
  expect(Object.keys(sources).length).toBeGreaterThan(100);
  expect(crossings).toEqual([]);
});
