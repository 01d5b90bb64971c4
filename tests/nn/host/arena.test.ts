import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { type Arena, openArena, plainArena } from '../../../src/nn/host/arena.js';

const length = 4096;
const arenas: readonly (readonly [string, () => Promise<Arena>])[] = [
  ['plain loops', async () => plainArena(length)],
  ['WebAssembly', async () => (await openArena(length, { widest: 16 }))!],
];

function place(arena: Arena, values: readonly number[]): number {
  const address = arena.allocate(values.length);
  arena.floats(address, values.length).set(values);
  return address;
}

describe.each(arenas)('an arena of %s', (_, open) => {
  const [rows, depth, columns] = [5, 13, 9];
  const cases = [false, true].flatMap((transposeLeft) =>
    [false, true].flatMap((transposeRight) =>
      [false, true].map((accumulate) => ({ transposeLeft, transposeRight, accumulate })),
    ),
  );

  test.each(cases)('multiplies matrices: %o', async ({ transposeLeft, transposeRight, accumulate }) => {
    const arena = await open();
    const rng = createRng(3);
    const numbers = (count: number) => Array.from({ length: count }, () => Math.fround(rng.normal()));
    const [left, right, before] = [numbers(rows * depth), numbers(depth * columns), numbers(rows * columns)];
    const output = place(arena, before);
    const operands = { left: place(arena, left), right: place(arena, right), output, rows, depth, columns };
    arena.dense.multiply({ ...operands, transposeLeft, transposeRight, accumulate });
    const found = arena.floats(output, rows * columns);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        let sum = accumulate ? before[row * columns + column]! : 0;
        for (let at = 0; at < depth; at += 1) {
          const first = left[transposeLeft ? at * rows + row : row * depth + at]!;
          sum += first * right[transposeRight ? column * depth + at : at * columns + column]!;
        }
        expect(found[row * columns + column]).toBeCloseTo(sum, 4);
      }
    }
  });

  test('adds a bias, holds at zero, and sums rows', async () => {
    const arena = await open();
    const [values, bias, sums] = [place(arena, [1, -2, 3, 4, -5, 6]), place(arena, [1, 1, -4]), arena.allocate(3)];
    arena.dense.addBias(values, 2, 3, bias, true);
    expect([...arena.floats(values, 6)]).toEqual([2, 0, 0, 5, 0, 2]);
    arena.dense.sumRows(values, 2, 3, sums);
    expect([...arena.floats(sums, 3)]).toEqual([7, 0, 2]);
    const slopes = place(arena, [1, 2, 3, 4, 5, 6]);
    arena.dense.keepPositive(slopes, values, 6);
    expect([...arena.floats(slopes, 6)]).toEqual([1, 0, 0, 4, 0, 6]);
  });
});
