import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { docsOf } from './collect-examples.js';
import { docFaults, showsNothing } from './doc-rules.js';
import { createProgram, root } from './project.js';

// Rules know types of tfjs by their names.
const head = 'export declare class Tensor { readonly shape: number[] }\n';

const whole = `/**
 * Doubles.
 *
 *     2 x
 *
 * @param x - \`[B]\`, any number.
 * @returns The shape of \`x\`. The caller disposes it.
 * @throws RangeError when x is empty.
 * @see Doe et al., "Doubling" (2014), https://example.org
 * @example
 * made(tensor1d([1])); // [2]
 */
export function made(x: Tensor, options: { by?: number } = {}): Tensor {
  if (options.by === 0) throw new RangeError('0');
  return x;
}`;

const changes = [
  ['Doubles.', '', 'has no summary'],
  ['Doubles.', 'doubles', 'has a summary that is no sentence'],
  ['@example\n * made(tensor1d([1])); // [2]', '', 'has no @example'],
  ['@param x - `[B]`, any number.\n', '\n', 'has no @param x'],
  ['@param x - `[B]`, any number.', '@param x', 'has no @param x'],
  ['`[B]`, any number', 'any number', 'has a @param x that names no shape'],
  ['@returns The shape of `x`. The caller disposes it.', '', 'has no @returns'],
  ['The caller disposes it.', '', 'has a @returns that does not say who disposes'],
  ['@throws RangeError when x is empty.', '', 'refuses input and has no @throws'],
  ['@throws', '@throw', 'has an unknown tag, @throw'],
  ['Doe et al., "Doubling" (2014)', 'Doubling', 'has a @see that is not author, "title" (year): Doubling, https://'],
  ['2 x\n', '2 x\n * @example\n * 1;\n', 'has tags in another order than @param, @returns, @throws, @see, @example'],
  ['): Tensor {', '): void {', 'has a @returns and returns nothing'],
] as const;

const withMembers = `/**
 * A.
 *
 * @example
 * const a = {
 *   b: 1,
 * };
 */
export interface made {
  /**
   * B. Default 1.
   * @example
   * 1; // 1
   */
  b?: number;
  /** C. */
  c?: 'x' | 'y';
  /** D. */
  d?: Tensor;
  /** E. */
  e: number;
  f?: 1;
}`;

const resultTypes = [
  ['void', true],
  ['Promise<void>', true],
  ['AsyncGenerator<number>', true],
  ['number', false],
  ['Promise<Tensor>', false],
] as const;

const returning = (type: string) =>
  `/**\n * A.\n * @returns B.\n * @example\n */\nexport declare function made(): ${type};`;
const bareFunction = 'export function made(): void {}';
const bareClass = 'export class made {}';

// One program for all texts, because each costs a tenth of a second.
const texts = [
  ...[whole, withMembers, bareFunction, bareClass],
  ...changes.map(([part, change]) => whole.replace(part, change)),
  ...resultTypes.map(([type]) => returning(type)),
];
const fileOf = (text: string) => join(root, `tests/docs/made-up-${texts.indexOf(text)}.ts`);
const program = createProgram(new Map(texts.map((text) => [fileOf(text), head + text])), []);
const checker = program.getTypeChecker();
const docOf = (text: string) => docsOf(program, fileOf(text)).find(({ name }) => name === 'made')!;
const faultsOf = (text: string) => docFaults(docOf(text), checker);

test('a whole docstring passes', () => {
  expect(faultsOf(whole)).toEqual([]);
});

test('examples are read with their place, those of members too', () => {
  const file = fileOf(withMembers);
  expect(docOf(withMembers).examples).toEqual([
    { title: 'made', file, line: 6, text: 'const a = {\n  b: 1,\n};' },
    { title: 'made.b', file, line: 14, text: '1; // 1' },
  ]);
});

describe('a fault is named', () => {
  test.each(changes)('%j as %j: %s', (part, change, fault) => {
    expect(whole).toContain(part);
    expect(faultsOf(whole.replace(part, change)).join('\n')).toContain(fault);
  });

  test('no docstring at all', () => {
    expect(faultsOf(bareFunction)).toEqual(['has no summary', 'has no @example']);
    expect(faultsOf(bareClass)).toEqual(['has no summary', 'has no @example']);
  });

  test('a promise of a tensor that nobody owns', () => {
    expect(faultsOf(returning('Promise<Tensor>'))).toEqual(['has a @returns that does not say who disposes']);
  });

  test('an option without its default', () => {
    expect(faultsOf(withMembers)).toEqual([
      'does not say what `c` is by default',
      'does not say what `f` is by default',
    ]);
  });
});

test.each(resultTypes)('a function that returns %s shows no result: %s', (type, expected) => {
  expect(showsNothing(docOf(returning(type)), checker)).toBe(expected);
});
