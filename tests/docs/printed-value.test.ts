import '../support/backends.js';
import { scalar, tensor2d } from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareWithPrinted, matchesNumber } from './compare-printed.js';
import { readPrinted } from './printed-value.js';

beforeAll(() => useBackend('cpu'));

describe('readPrinted', () => {
  test.each([
    ['5', { kind: 'number', text: '5' }],
    ['-1.5e-7', { kind: 'number', text: '-1.5e-7' }],
    ["'it\\'s': a text", { kind: 'literal', value: "it's" }],
    ['undefined', { kind: 'literal', value: undefined }],
    ['Uint8Array [5]: bytes', { kind: 'list', type: 'Uint8Array', items: [{ kind: 'number', text: '5' }] }],
    [
      '[[], [true]]',
      {
        kind: 'list',
        items: [
          { kind: 'list', items: [] },
          { kind: 'list', items: [{ kind: 'literal', value: true }] },
        ],
      },
    ],
    ['{ a: 1 }', { kind: 'object', fields: [['a', { kind: 'number', text: '1' }]] }],
  ])('reads %s', (comment, expected) => {
    expect(readPrinted(` ${comment}`)).toEqual(expected);
  });

  test.each(['throws where it would run elsewhere', 'a number', 'Array of two', 'nullable'])(
    'takes %j for a remark',
    (comment) => {
      expect(readPrinted(comment)).toBeUndefined();
    },
  );

  test.each(['5 steps', '[1, 2', '[1 2]', '[1, …]', "'open", '~0.5', '1,000', '{ a }', '.5', '+5'])(
    'refuses %j',
    (comment) => {
      expect(() => readPrinted(comment)).toThrow('cannot be read');
    },
  );
});

describe('matchesNumber', () => {
  test.each([
    [0.880797, '0.8808'],
    [Math.fround(0.1), '0.1'],
    [1234.5678, '1234.57'],
    [1.23456e-7, '1.235e-7'],
    [-4.510822, '-4.51082'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [-0, '0'],
  ])('%d may be printed as %s', (value, text) => {
    expect(matchesNumber(value, text)).toBe(true);
  });

  test.each([
    [0.88087, '0.8808'],
    [0.51, '0.5'],
    [1.2, '1'],
    [100.4, '100'],
    [1.23456e-7, '1.236e-7'],
    [4.51082, '-4.51082'],
    [0, 'NaN'],
    [Number.NaN, '0'],
    [1e30, 'Infinity'],
  ])('%d may not be printed as %s', (value, text) => {
    expect(matchesNumber(value, text)).toBe(false);
  });
});

describe('compareWithPrinted', () => {
  const compare = (value: unknown, comment: string) => compareWithPrinted(value, readPrinted(comment)!);

  test.each([
    [[1, [null, 'a']], "[1, [null, 'a']]"],
    [Float32Array.of(0.1), 'Float32Array [0.1]'],
    [Float32Array.of(0.1), '[0.1]'],
    [{ a: [1], b: false }, '{ b: false, a: [1] }'],
    [undefined, 'undefined'],
  ])('%o is %s', async (value, comment) => {
    expect(await compare(value, comment)).toBeUndefined();
  });

  test.each([
    [[1, 2], '[1]'],
    [[1], '[1, 2]'],
    [[1], '1'],
    [Float64Array.of(1), 'Float32Array [1]'],
    [{ a: 1, b: 2 }, '{ a: 1 }'],
    [{ a: 1 }, '{ b: 1 }'],
    ['1', '1'],
    [null, 'undefined'],
    [Promise.resolve(1), '1'],
  ])('%o is not %s', async (value, comment) => {
    expect(await compare(value, comment)).toContain('where the comment says');
  });

  test('a tensor is its numbers, in its shape', async () => {
    expect(await compare(scalar(0.5), '0.5')).toBeUndefined();
    expect(await compare(tensor2d([[1, 2]]), '[[1, 2]]')).toBeUndefined();
    expect(await compare(tensor2d([[1, 2]]), '[1, 2]')).toBe('is [[1, 2]] where the comment says [1, 2]');
  });
});
