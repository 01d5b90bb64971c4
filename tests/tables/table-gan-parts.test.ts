import '../support/backends.js';
import { grad, mul, sum, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { cloneModel, createRng, useBackend } from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { rowBatches } from '../../src/tables/gan/row-batches.js';
import { buildRowsGenerator } from '../../src/tables/gan/rows-layer.js';
import { drawStraightThrough } from '../../src/tables/gan/straight-through.js';
import { type NetworkPlan, weightShapes } from '../../src/tables/network/network-plan.js';
import { openNetwork } from '../../src/tables/network/open-network.js';

beforeAll(() => useBackend('wasm'));

const plan: NetworkPlan = {
  columns: [
    { base: 0, states: 2 },
    { base: 2, states: 3 },
  ],
  states: 5,
  embeddingSize: 2,
  hidden: [6],
};

const logits = () => tensor2d([Math.log(0.2), Math.log(0.5), Math.log(0.3)], [1, 3]);

test('draws the state whose running sum passes the uniform number', async () => {
  // Running sums 0.2, 0.7, 1.
  const cases = [0, 0.19, 0.21, 0.69, 0.71, 1];
  const states = [0, 0, 1, 1, 2, 2];
  for (const [place, uniform] of cases.entries()) {
    const drawn = await drawStraightThrough(logits(), tensor2d([[uniform]])).data();
    expect([...drawn]).toEqual([0, 1, 2].map((state) => (state === states[place] ? 1 : 0)));
  }
});

test('has the gradient of the probabilities', async () => {
  const slope = tensor2d([[1, -2, 4]]);
  const gradient = grad((x) => sum(mul(drawStraightThrough(x as Tensor2D, tensor2d([[0.5]])), slope)))(logits());
  // p * (slope - p . slope), and p . slope = 0.2 - 1 + 1.2.
  const expected = [0.2 * 0.6, 0.5 * -2.4, 0.3 * 3.6];
  for (const [place, value] of (await gradient.data()).entries()) expect(value).toBeCloseTo(expected[place]!, 5);
});

test('draws rows as often as the network says', async () => {
  const rng = createRng(3);
  const weights = weightShapes(plan).map(([rows, columns = 1]) => rng.fillNormal(new Float32Array(rows * columns)));
  const network = openNetwork(plan, weights);
  const first = await network.chances(Int32Array.of(network.unknown(0), network.unknown(1)), 0);
  const joint: number[] = [];
  for (const state of [0, 1]) {
    const second = await network.chances(Int32Array.of(state, network.unknown(1)), 1);
    joint.push(...[...second].map((chance) => first[state]! * chance));
  }
  network.close();
  const count = 40_000;
  const noise = tensor2d(rng.fillNormal(new Float32Array(4 * count)), [count, 4]);
  for (const generator of [buildRowsGenerator(plan, weights)].flatMap((made) => [made, cloneModel(made)])) {
    const rows = await (generator.apply(noise) as Tensor2D).data();
    const counts = new Array<number>(6).fill(0);
    for (let row = 0; row < count; row += 1) {
      const own = rows.subarray(5 * row, 5 * row + 5);
      if (own[0]! + own[1]! !== 1 || own[2]! + own[3]! + own[4]! !== 1) throw new Error(`no two states: ${own}`);
      counts[3 * own.indexOf(1) + own.subarray(2).indexOf(1)]! += 1;
    }
    for (const [place, share] of joint.entries()) {
      expect(Math.abs(counts[place]! / count - share)).toBeLessThan(
        4 * Math.sqrt((share * (1 - share)) / count) + 1e-4,
      );
    }
  }
});

test('hands out each row once before it begins again, one-hot, and repeats itself', () => {
  const rows = Int32Array.of(0, 2, 1, 3, 0, 4, 1, 2);
  const batches = rowBatches(plan, rows, 2, 5);
  const seen: number[] = [];
  const iterator = batches[Symbol.iterator]();
  for (let turn = 0; turn < 4; turn += 1) {
    const { values, shape } = iterator.next().value!;
    expect(shape).toEqual([2, 5]);
    for (const [place, row] of batches.chosen.entries()) {
      seen.push(row);
      const own = [0, 1, 2, 3, 4].filter((state) => values[5 * place + state] === 1);
      expect(own).toEqual([...rows.subarray(2 * row, 2 * row + 2)]);
    }
  }
  expect(seen.slice(0, 4).sort()).toEqual([0, 1, 2, 3]);
  expect(seen.slice(4).sort()).toEqual([0, 1, 2, 3]);
  const again = batches[Symbol.iterator]();
  again.next();
  expect([...batches.chosen]).toEqual(seen.slice(0, 2));
});
