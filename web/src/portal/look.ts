// The vendor's colour, made legible: as a ground under words, and as words on cards in both themes.
import { legibleOn, parseHex, wordsOn } from '../lib/colour';

// The grounds of base.css that are hardest to read on: --sunken of each theme.
const lightGround = '#f4f4f5';
const darkGround = '#26262b';

/** Style rules for `:root`, after those of base.css. */
export function accentRules(accent: string): string {
  if (!parseHex(accent)) return '';
  return [
    `:root { --accent: ${accent}; --on-accent: ${wordsOn(accent)}; --accent-text: ${legibleOn(lightGround, accent)}; }`,
    `@media screen and (prefers-color-scheme: dark) { :root { --accent-text: ${legibleOn(darkGround, accent)}; } }`,
  ].join('\n');
}
