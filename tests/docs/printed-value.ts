/** A result as a comment prints it. Numbers keep their text, because its digits say how exact they are. */
export type Printed =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: string | boolean | null | undefined }
  | { readonly kind: 'list'; readonly type?: string; readonly items: readonly Printed[] }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [name: string, value: Printed])[] };

const patterns = {
  number: /^-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Infinity)\b|^NaN\b/i,
  word: /^(?:true|false|null|undefined)\b/,
  text: /^'((?:[^'\\]|\\.)*)'|^"((?:[^"\\]|\\.)*)"/,
  list: /^(?:([A-Z]\w*Array)\s*)?\[/,
  field: /^([\w$]+)\s*:/,
};

const words = { true: true, false: false, null: null, undefined: undefined };

/**
 * Reads a comment such as `[1, 2.71828]: what it is`: a value, and words after a colon if there is something to say.
 *
 * @returns The value; undefined when the comment is a remark, in words.
 * @throws Error when the comment begins like a value and does not go on like one.
 */
export function readPrinted(comment: string): Printed | undefined {
  const text = comment.trim();
  if (!/^(?:[-+\d.'"[{~≈]|[A-Z]\w*Array\s*\[|(?:true|false|null|undefined|NaN|Infinity)\b)/.test(text))
    return undefined;
  const reader = new Reader(text);
  const value = reader.value();
  if (!/^\s*(?::\s|$)/.test(reader.rest)) reader.refuse();
  return value;
}

class Reader {
  rest: string;

  constructor(private readonly text: string) {
    this.rest = text;
  }

  value(): Printed {
    const number = this.take(patterns.number);
    if (number) return { kind: 'number', text: number[0] };
    const word = this.take(patterns.word);
    if (word) return { kind: 'literal', value: words[word[0] as keyof typeof words] };
    const text = this.take(patterns.text);
    if (text) return { kind: 'literal', value: (text[1] ?? text[2] ?? '').replace(/\\(.)/g, '$1') };
    const list = this.take(patterns.list);
    if (list) return { kind: 'list', type: list[1], items: this.until(']', () => this.value()) };
    if (this.take(/^\{/)) return { kind: 'object', fields: this.until('}', () => this.field()) };
    return this.refuse();
  }

  refuse(): never {
    throw new Error(`the result in the comment cannot be read: ${this.text}`);
  }

  private field(): readonly [string, Printed] {
    const name = this.take(patterns.field) ?? this.refuse();
    return [name[1]!, this.value()];
  }

  private until<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.skip(end)) {
      if (items.length > 0 && !this.skip(',')) this.refuse();
      items.push(item());
    }
    return items;
  }

  private skip(mark: string): boolean {
    if (!this.rest.trimStart().startsWith(mark)) return false;
    this.rest = this.rest.trimStart().slice(mark.length);
    return true;
  }

  private take(pattern: RegExp): RegExpMatchArray | null {
    const found = this.rest.trimStart().match(pattern);
    if (found) this.rest = this.rest.trimStart().slice(found[0].length);
    return found;
  }
}
