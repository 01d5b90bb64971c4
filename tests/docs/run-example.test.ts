import '../support/backends.js';
import { readFile } from 'node:fs/promises';
import { useBackend } from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { runExample } from './run-example.js';
import { fixture, type Scope } from './scope.js';
import { useWorkFolder } from './work-folder.js';

useWorkFolder();
beforeEach(() => useBackend('cpu'));

const scope: Scope = new Map([
  ['images', { from: fixture }],
  ['rng', { from: fixture }],
  ['createRng', { from: 'minimart' }],
  ['Rng', { from: 'minimart' }],
  ['readIdx', { from: 'minimart/node' }],
  ['tensor1d', { from: '@tensorflow/tfjs-core' }],
]);

const run = (text: string) => runExample({ title: 'made-up', file: 'made-up.ts', line: 1, text }, scope);

describe('results that are right are compared', () => {
  test.each([
    ['1 + 1; // 2: as expected'],
    ['tensor1d([1, 2]); // [1, 2]'],
    ['await Promise.resolve(5); // 5'],
    ['const shape: readonly number[] = images.shape; // [128, 4, 4, 1]'],
    ['console.log(images.shape.length); // 4'],
    ["for (const name of ['a']) {\n  name; // 'a'\n}"],
    ['const images = [1];\nimages; // [1]'],
    ['const again: Rng = createRng(7);\nagain.uniform() === rng.uniform(); // true'],
    ["(await readIdx('t10k-images-idx3-ubyte.gz')).shape; // [10, 28, 28]"],
    [
      "import type { Rng } from 'minimart';\nimport { createRng as make } from 'minimart';\nmake(1) === make(1); // false",
    ],
    ["import * as tf from '@tensorflow/tfjs-core';\nimport 'minimart/node';\ntf.scalar(2); // 2"],
    ["import process, { platform as where } from 'node:process';\nprocess.platform === where; // true"],
  ])('%j', async (text) => {
    expect(await run(text)).toEqual({ compared: 1, faults: [] });
  });
});

describe('a result that is wrong is named', () => {
  test.each([
    ['1 + 1; // 3', '1 + 1; is 2 where the comment says 3'],
    ['let x = 2;\nx += 2; // 5', 'x += 2; is 4 where the comment says 5'],
    ['const x = 2; // 3', 'const x = 2; is 2 where the comment says 3'],
    ['console.log(4); // 5', 'console.log(4); is 4 where the comment says 5'],
    ['if (true) {\n  tensor1d([1]); // [2]\n}', 'tensor1d([1]); is [1] where the comment says [2]'],
    ['[1].length; // one', '[1].length; has a value, and the comment beside it shows none'],
  ])('%j', async (text, fault) => {
    expect((await run(text)).faults).toEqual([fault]);
  });
});

test('remarks stand beside what has no value, and beside declarations', async () => {
  const text =
    'let x = [1, 2]; // 1,000 orders\nx = [3, 4]; // other ones\nx.forEach(() => {}); // nothing\n// [B, A]: shape\nx.length; // 2';
  expect(await run(text)).toEqual({ compared: 1, faults: [] });
});

describe('an example fails', () => {
  test.each([
    ["throw new Error('as it says');", 'as it says'],
    ['await Promise.reject(new Error("late"));', 'late'],
    ['unknown();', 'unknown is not defined'],
    ["import { nothing } from 'minimart-of-another-name';", 'minimart-of-another-name'],
    ['1 +;', 'Unexpected token'],
    ['1; // 1 or so', 'the result in the comment cannot be read: 1 or so'],
    ['1;\n// 1', 'nothing compares the result in the comment: 1'],
    ['const f = () => {\n  1; // 2\n};', 'nothing compares the result in the comment: 2'],
    ['const { a } = { a: 1 }; // 2', 'nothing compares the result in the comment: 2'],
  ])('%j', async (text, message) => {
    await expect(run(text)).rejects.toThrow(message);
  });
});

test('fixtures are made anew for every example, and files land in a folder of their own', async () => {
  expect(await run('rng.uniform() === createRng(7).uniform(); // true')).toEqual({ compared: 1, faults: [] });
  expect(await run('rng.uniform() === createRng(7).uniform(); // true')).toEqual({ compared: 1, faults: [] });
  await run("import { writeFile } from 'node:fs/promises';\nawait writeFile('made.txt', 'here');");
  expect(await readFile('made.txt', 'utf8')).toBe('here');
  expect(process.cwd()).not.toBe(import.meta.dirname.replace('/tests/docs', ''));
});
