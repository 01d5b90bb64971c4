/** Longest description of a value, in characters. */
const longest = 160;
/** How many elements of an array are shown. */
const shown = 8;

/**
 * The value as a reader of an error message wants to see it, with its type. Always an answer, whatever the value does
 * when it is looked at, and a short one: at most about 200 characters, on one line, without control characters.
 */
export function describe(value: unknown): string {
  try {
    return describeAny(value);
  } catch {
    return `a value that cannot be shown (${typeof value})`;
  }
}

/** Text of others, cut to about `limit` characters and without what moves a cursor or turns a line around. */
export function plainText(text: string, limit: number): string {
  const start = text.slice(0, limit);
  const plain = start.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escapeCode);
  if (plain.length <= limit) return text.length > limit ? `${plain}…` : plain;
  return `${plain.slice(0, limit)}…`;
}

function escapeCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function describeAny(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `${plainText(listElements(value, 2), longest)} (array)`;
  if (typeof value === 'string') return `${quote(value, longest)} (string)`;
  if (typeof value === 'object') return `an instance of ${className(value)} (object)`;
  if (typeof value === 'function') return `${plainText(value.name, 60) || 'an anonymous function'} (function)`;
  return `${describePart(value, 0)} (${typeof value})`;
}

function listElements(values: readonly unknown[], depth: number): string {
  const parts = values.slice(0, shown).map((each) => describePart(each, depth - 1));
  const more = values.length > shown ? [`… ${values.length} in all`] : [];
  return `[${[...parts, ...more].join(', ')}]`;
}

function describePart(value: unknown, depth: number): string {
  if (typeof value === 'string') return quote(value, 40);
  if (Array.isArray(value)) return depth > 0 ? listElements(value, depth) : `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return className(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? `${value}` : 'beyond 64 bits';
  return Object.is(value, -0) ? '-0' : plainText(String(value), 60);
}

function quote(text: string, limit: number): string {
  const more = text.length > limit ? ` and ${text.length - limit} more characters` : '';
  return `'${plainText(text, limit)}'${more}`;
}

function className(value: object): string {
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' && name !== '' ? plainText(name, 60) : 'Object';
}
