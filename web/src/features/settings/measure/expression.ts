// Formulas over measures, read as src/engine/expression.hpp reads them, so that faults show where they are typed.

export const functions = ['min', 'max', 'abs', 'round'] as const;

export interface ExpressionFault {
  kind: 'unknown' | 'sign' | 'operand' | 'open' | 'close' | 'end' | 'self';
  /** What is wrong, from one character of the text to before another. */
  from: number;
  to: number;
}

interface Token {
  kind: 'number' | 'word' | 'sign';
  text: string;
  from: number;
  to: number;
}

/** Letters of any script: who types a measure's Japanese name is on the way to its key. */
const pattern = /\s*(?:(\d+(?:\.\d+)?|\.\d+)|([\p{L}_][\p{L}\p{N}_ー]*)|([-+*/(),]))/uy;

interface Tokens {
  tokens: Token[];
  /** Where a character begins that belongs to nothing. */
  strangeAt?: number;
}

function tokensOf(text: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return { tokens, strangeAt: at + text.slice(at).search(/\S/) };
    const word = match[1] ?? match[2] ?? match[3] ?? '';
    const to = pattern.lastIndex;
    tokens.push({
      kind: match[1] ? 'number' : match[2] ? 'word' : 'sign',
      text: word,
      from: to - word.length,
      to,
    });
    at = to;
  }
  return { tokens };
}

class Fault extends Error {
  readonly fault: ExpressionFault;

  constructor(fault: ExpressionFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/** Walks through the tokens once: sums of products of operands. */
class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];
  private readonly isKnown: (key: string) => boolean;
  private readonly length: number;

  constructor(tokens: readonly Token[], length: number, isKnown: (key: string) => boolean) {
    this.tokens = tokens;
    this.length = length;
    this.isKnown = isKnown;
  }

  readAll() {
    this.sum();
    const rest = this.tokens[this.at];
    if (rest) throw new Fault({ kind: rest.text === ')' ? 'close' : 'sign', from: rest.from, to: rest.to });
  }

  private take(...signs: string[]): Token | undefined {
    const token = this.tokens[this.at];
    if (!token || token.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.at += 1;
    return token;
  }

  private sum() {
    this.product();
    while (this.take('+', '-')) this.product();
  }

  private product() {
    this.operand();
    while (this.take('*', '/')) this.operand();
  }

  private operand(): void {
    if (this.take('-')) return this.operand();
    const open = this.take('(');
    if (open) return this.inside(open);
    const token = this.tokens[this.at];
    if (!token) throw new Fault({ kind: 'end', from: this.length, to: this.length });
    if (token.kind === 'sign') throw new Fault({ kind: 'operand', from: token.from, to: token.to });
    this.at += 1;
    if (token.kind === 'number') return;
    const isFunction = (functions as readonly string[]).includes(token.text);
    const arguments_ = isFunction ? this.take('(') : undefined;
    if (arguments_) return this.inside(arguments_);
    if (!this.isKnown(token.text)) throw new Fault({ kind: 'unknown', from: token.from, to: token.to });
  }

  private inside(open: Token) {
    this.sum();
    while (this.take(',')) this.sum();
    if (!this.take(')')) throw new Fault({ kind: 'open', from: open.from, to: open.to });
  }
}

/** The first thing that is wrong with a formula; nothing where it can be read. `own` is the measure that it defines. */
export function faultOf(text: string, keys: ReadonlySet<string>, own: string): ExpressionFault | undefined {
  const { tokens, strangeAt } = tokensOf(text);
  try {
    if (strangeAt !== undefined) throw new Fault({ kind: 'sign', from: strangeAt, to: strangeAt + 1 });
    new Reader(tokens, text.length, (key) => keys.has(key) || key === own).readAll();
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
  const self = tokens.find(({ kind, text: word }) => kind === 'word' && word === own);
  return self && { kind: 'self', from: self.from, to: self.to };
}

/** The measures in a formula. */
export function operandsOf(text: string): string[] {
  const names = new Set<string>(functions);
  const words = tokensOf(text).tokens.filter(({ kind, text: word }) => kind === 'word' && !names.has(word));
  return [...new Set(words.map(({ text: word }) => word))];
}

/** The word that is being typed at the caret. */
export function wordAt(text: string, caret: number): { word: string; from: number; to: number } {
  const before = /[\p{L}\p{N}_ー]*$/u.exec(text.slice(0, caret))![0];
  const after = /^[\p{L}\p{N}_ー]*/u.exec(text.slice(caret))![0];
  return { word: before, from: caret - before.length, to: caret + after.length };
}

/** The formula with measures by their names, to be read aloud. */
export function inWords(text: string, nameOf: (key: string) => string | undefined): string {
  const { tokens, strangeAt } = tokensOf(text);
  if (strangeAt !== undefined) return text;
  const signs: Record<string, string> = { '*': '×', '/': '÷', '-': '−' };
  const words = tokens.map(({ kind, text: word }) =>
    kind === 'word' ? (nameOf(word) ?? word) : (signs[word] ?? word),
  );
  return words
    .join(' ')
    .replace(/\( /g, '(')
    .replace(/ ([),])/g, '$1');
}
