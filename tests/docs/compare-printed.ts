import { Tensor } from '@tensorflow/tfjs-core';
import type { Printed } from './printed-value.js';

/**
 * Compares a value with what a comment prints of it. A tensor counts as its numbers, nested by its shape.
 *
 * @returns What is different, in words; undefined when nothing is.
 */
export async function compareWithPrinted(value: unknown, printed: Printed): Promise<string | undefined> {
  const plain = value instanceof Tensor ? await value.array() : value;
  return matches(plain, printed) ? undefined : `is ${show(plain)} where the comment says ${showPrinted(printed)}`;
}

function matches(value: unknown, printed: Printed): boolean {
  switch (printed.kind) {
    case 'number':
      return typeof value === 'number' && matchesNumber(value, printed.text);
    case 'literal':
      return value === printed.value;
    case 'list':
      return matchesList(value, printed.type ?? 'Array', printed.items, printed.type !== undefined);
    case 'object':
      return matchesObject(value, printed.fields);
  }
}

/**
 * A number with a decimal point and three digits or more may be rounded to them; any other is meant exactly, but for
 * the rounding of float32. So `0.8808` stands for 0.880797, and `0.5` for nothing but 0.5.
 */
export function matchesNumber(value: number, text: string): boolean {
  const expected = Number(text);
  if (!Number.isFinite(expected) || !Number.isFinite(value)) return Object.is(value, expected);
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+/, '').length;
  const rounding = decimals > 0 && digits >= 3 ? 0.5 * 10 ** (Number(exponent) - decimals) : 0;
  return Math.abs(value - expected) <= rounding + 1e-6 * Math.abs(expected);
}

function matchesList(value: unknown, type: string, items: readonly Printed[], strict: boolean): boolean {
  if (!isList(value) || (strict && value.constructor.name !== type)) return false;
  return value.length === items.length && items.every((item, index) => matches(value[index], item));
}

function matchesObject(value: unknown, fields: readonly (readonly [string, Printed])[]): boolean {
  if (typeof value !== 'object' || value === null || isList(value)) return false;
  const actual = new Map<string, unknown>(Object.entries(value));
  return (
    actual.size === fields.length && fields.every(([name, item]) => actual.has(name) && matches(actual.get(name), item))
  );
}

function isList(value: unknown): value is ArrayLike<unknown> & object {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function show(value: unknown): string {
  if (isList(value)) return `[${Array.from(value, show).join(', ')}]`;
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, each]) => `${name}: ${typeof each === 'object' ? '…' : show(each)}`);
  return `${value.constructor?.name ?? 'object'} { ${fields.join(', ')} }`;
}

function showPrinted(printed: Printed): string {
  switch (printed.kind) {
    case 'number':
      return printed.text;
    case 'literal':
      return show(printed.value);
    case 'list':
      return `${printed.type ?? ''}[${printed.items.map(showPrinted).join(', ')}]`;
    case 'object':
      return `{ ${printed.fields.map(([name, value]) => `${name}: ${showPrinted(value)}`).join(', ')} }`;
  }
}
