// Colours that somebody chose, and what can be read on them: WCAG 2 contrast.

export interface Rgb {
  red: number;
  green: number;
  blue: number;
}

/** What WCAG AA asks of texts, and of the outlines of what one operates. */
export const textContrast = 4.5;
export const shapeContrast = 3;

/** "#1a2b3c" → its parts; undefined for anything else. */
export function parseHex(text: string): Rgb | undefined {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!found) return undefined;
  const [red, green, blue] = found.slice(1).map((part) => parseInt(part, 16)) as [number, number, number];
  return { red, green, blue };
}

export function formatHex({ red, green, blue }: Rgb): string {
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance({ red, green, blue }: Rgb): number {
  const [r, g, b] = [red, green, blue].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [a, b] = [parseHex(one), parseHex(other)];
  if (!a || !b) return 1;
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const between = (a: number, b: number) => a + (b - a) * share;
  return {
    red: between(from.red, to.red),
    green: between(from.green, to.green),
    blue: between(from.blue, to.blue),
  };
}

const steps = 20;

/** The colour itself where it can be read on the ground, else the nearest one towards black or white that can. */
export function legibleOn(ground: string, colour: string, needed = textContrast): string {
  const from = parseHex(colour);
  const base = parseHex(ground);
  if (!from || !base) return colour;
  const end = luminance(base) > 0.18 ? { red: 0, green: 0, blue: 0 } : { red: 255, green: 255, blue: 255 };
  for (let step = 0; step <= steps; step++) {
    const candidate = formatHex(mix(from, end, step / steps));
    if (contrast(candidate, ground) >= needed) return candidate;
  }
  return formatHex(end);
}

/** Black or white words, whichever are easier to read on the colour. */
export function wordsOn(colour: string): '#ffffff' | '#000000' {
  return contrast('#ffffff', colour) >= contrast('#000000', colour) ? '#ffffff' : '#000000';
}
