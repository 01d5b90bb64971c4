import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { docsOf } from './collect-examples.js';
import { docFaults, showsNothing } from './doc-rules.js';
import { createProgram, root } from './project.js';

const file = join(root, 'tests/docs/made-up.ts');

// Rules know types of tfjs by their names.
const head = 'export declare class Tensor { readonly shape: number[] }\n';

function docOf(text: string) {
  const program = createProgram(new Map([[file, head + text]]), []);
  const doc = docsOf(program, file).find(({ name }) => name === 'made')!;
  return { doc, checker: program.getTypeChecker() };
}

function faultsOf(text: string): string[] {
  const { doc, checker } = docOf(text);
  return docFaults(doc, checker);
}

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

test('a whole docstring passes', () => {
  expect(faultsOf(whole)).toEqual([]);
});

test('examples are read with their place, those of members too', () => {
  const text = `/**\n * A.\n *\n * @example\n * const a = {\n *   b: 1,\n * };\n */\nexport interface made {\n  /**\n   * B.\n   * @example\n   * 1; // 1\n   */\n  b: number;\n}`;
  expect(docOf(text).doc.examples).toEqual([
    { title: 'made', file, line: 6, text: 'const a = {\n  b: 1,\n};' },
    { title: 'made.b', file, line: 14, text: '1; // 1' },
  ]);
});

describe('a fault is named', () => {
  test.each([
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
  ])('%j as %j: %s', (part, change, fault) => {
    expect(whole).toContain(part);
    expect(faultsOf(whole.replace(part, change)).join('\n')).toContain(fault);
  });

  test('no docstring at all', () => {
    expect(faultsOf('export function made(): void {}')).toEqual(['has no summary', 'has no @example']);
    expect(faultsOf('export class made {}')).toEqual(['has no summary', 'has no @example']);
  });

  test('a promise of a tensor that nobody owns', () => {
    const text =
      '/**\n * A.\n * @returns B.\n * @example\n * made();\n */\nexport declare function made(): Promise<Tensor>;';
    expect(faultsOf(text)).toEqual(['has a @returns that does not say who disposes']);
  });

  test('an option without its default', () => {
    const faults = faultsOf(
      '/** A. */\nexport interface made {\n/** B. */ a?: number;\n/** B. */ b?: "x" | "y";\n/** B. Default 1. */ c?: number;\n/** B. */ d?: Tensor;\n/** B. */ e: number }',
    );
    expect(faults).toEqual(['does not say what `a` is by default', 'does not say what `b` is by default']);
  });
});

test.each([
  ['void', true],
  ['Promise<void>', true],
  ['AsyncGenerator<number>', true],
  ['number', false],
  ['Promise<Tensor>', false],
])('a function that returns %s shows no result: %s', (type, expected) => {
  const { doc, checker } = docOf(`export declare function made(): ${type};`);
  expect(showsNothing(doc, checker)).toBe(expected);
});
