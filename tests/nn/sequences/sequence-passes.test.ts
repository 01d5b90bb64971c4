import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { openArena } from '../../../src/nn/host/arena.js';
import { wasmHost } from '../../../src/nn/sequences/network/sequence-host.js';
import { dropOut, seedOf } from '../../../src/nn/sequences/passes/hashed-dropout.js';
import { plainPasses, type SequencePasses } from '../../../src/nn/sequences/passes/sequence-passes.js';

const room = 40_000;
const ids = 39_000;

/** The kernels and the plain loops over the same numbers. */
async function both() {
  const { arena, openPasses } = await wasmHost((await openArena(room))!);
  const address = arena.allocate(room);
  const wasm = arena.floats(address, room);
  const start = createRng(4).fillNormal(new Float32Array(room));
  wasm.set(start);
  const plain = start.slice();
  return {
    run: <T>(pass: (passes: SequencePasses) => T) => [pass(openPasses(wasm, address, ids)), pass(plainPasses(plain))],
    // Lists of ids stand behind this.
    expectAlike: (tolerance: number) => {
      const apart = plain.findIndex(
        (value, at) => at < ids && !(Math.abs(wasm[at]! - value) <= tolerance * (1 + Math.abs(value))),
      );
      expect(apart, `number ${apart}: ${wasm[apart]} and ${plain[apart]}`).toBe(-1);
    },
    wasm,
    plain,
  };
}

describe.each([1, 3, 4, 17, 64])('rows of %d', (size) => {
  test('are normalised, and back, as by plain loops', async () => {
    const { run, expectAlike } = await both();
    const rows = { input: 0, output: 5000, statistics: 10_000 };
    const [norm, gradient] = [
      { scale: 11_000, offset: 11_100 },
      { scale: 11_200, offset: 11_300 },
    ];
    run((passes) => passes.layerNorm(rows, norm, 9, size));
    expectAlike(2e-6);
    run((passes) => passes.layerNormGradient(rows, norm, gradient, 15_000, 9, size));
    // A row of one number is all mean: nothing comes through it.
    expectAlike(size === 1 ? 1e-3 : 2e-5);
  });

  test('are shared out by a softmax, and back, as by plain loops', async () => {
    const { run, expectAlike, wasm } = await both();
    const block = { start: 0, first: 2, end: 2 + size, scale: 3 };
    run((passes) => passes.softmaxRows(block));
    expectAlike(1e-6);
    for (let row = 0; row < size; row += 1) {
      const shares = Array.from(wasm.subarray(row * block.end, (row + 1) * block.end));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(shares.slice(row + 3).every((share) => share === 0)).toBe(true);
    }
    run((passes) => passes.softmaxGradient(block, 10_000));
    expectAlike(1e-6);
  });

  test('are added up by their ids as by plain loops', async () => {
    const { run, expectAlike } = await both();
    const names = Int32Array.of(3, 0, 3, 1);
    run((passes) => {
      passes.add(0, 1000, size);
      passes.scale(2000, size, 0.3);
      passes.addTakenRows(3000, size, names, 4000);
      passes.addRows(5000, size, names, 6000);
      passes.addRows(7000, size, names, 8000, 9000);
      passes.dotRows(10_000, 11_000, 5, size, 12_000);
    });
    expectAlike(2e-6);
  });

  test('drop the same numbers as plain loops do', async () => {
    const { run, expectAlike, wasm } = await both();
    for (const rate of [0.1, 0.5, 0.999999]) {
      run((passes) => passes.dropOut(0, 20_000, 9 * size, { seed: -77, rate }, 13));
      expectAlike(1e-6);
    }
    expect(wasm.subarray(20_000, 20_000 + 9 * size).every((value) => value === 0)).toBe(true);
  });

  test('have the loss and the slopes of plain loops', async () => {
    const { run, expectAlike } = await both();
    const rng = createRng(size);
    const draw = (count: number) => Int32Array.from({ length: count }, () => rng.integer(6));
    const items = { targets: draw(7), negatives: draw(5 * size) };
    const [wasm, plain] = run((passes) => {
      passes.scale(0, 2000, 20);
      return passes.gbceSlopes({ positives: 3000, negatives: 0 }, items, 0.4, 0.1);
    });
    expect(Math.abs(wasm! - plain!)).toBeLessThan(1e-6 * plain!);
    expectAlike(1e-6);
  });
});

test('a share of the numbers is dropped, and what stays keeps the sum', () => {
  const memory = new Float32Array(200_000).fill(1);
  dropOut(memory, 0, 0, 200_000, { seed: seedOf(1, 2), rate: 0.3 });
  const kept = memory.filter((value) => value > 0);
  // Six standard deviations of a share of 0.7 among 200,000.
  expect(Math.abs(kept.length / 200_000 - 0.7)).toBeLessThan(6 * Math.sqrt((0.3 * 0.7) / 200_000));
  expect(kept.every((value) => Math.abs(value - 1 / 0.7) < 1e-6)).toBe(true);
  const neighbours = memory.filter((value, at) => value > 0 && memory[at + 1]! > 0);
  expect(Math.abs(neighbours.length / 200_000 - 0.49)).toBeLessThan(0.007);
});

test('scores far from 0 have a loss and slopes that are finite and right', async () => {
  const { run, wasm } = await both();
  wasm.set([-200, 200, 60, -60], 0);
  const items = { targets: Int32Array.of(9), negatives: Int32Array.of(1, 2, 3) };
  const [loss] = run((passes) => passes.gbceSlopes({ positives: 0, negatives: 1 }, items, 0.5, 1));
  // 0.5 * softplus(200) + softplus(200) + softplus(60) + softplus(-60).
  expect(loss).toBeCloseTo(100 + 200 + 60, 3);
  [-0.5, 1, 1, Math.exp(-60)].forEach((slope, at) => {
    expect(wasm[at]).toBeCloseTo(slope, 6);
  });
});
