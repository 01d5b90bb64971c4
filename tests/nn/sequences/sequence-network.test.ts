import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { atOnce } from '../../../src/internal/pieces.js';
import {
  createSequenceNetwork,
  type SequenceChunk,
  type SequenceNetwork,
  sequenceNetworkLength,
} from '../../../src/nn/sequences/network/sequence-network.js';
import { planSequence, type SequencePlan } from '../../../src/nn/sequences/network/sequence-plan.js';
import type { HashedDropout } from '../../../src/nn/sequences/passes/hashed-dropout.js';
import { doubleHost } from './double-host.js';

interface Setting {
  readonly plan: SequencePlan;
  readonly network: SequenceNetwork;
  /** Vectors of the items in the rows. */
  readonly items: Float64Array;
  readonly chunk: SequenceChunk;
  /** The loss is the sum of outputs times these. */
  readonly slopes: Float64Array;
}

function normals(seed: number, count: number): Float64Array {
  return Float64Array.from(createRng(seed).fillNormal(new Float32Array(count)));
}

// Sequences of the given lengths, packed; positions count back from the latest item.
function chunkOf(plan: SequencePlan, lengths: readonly number[], items: Float64Array, memoryOf: () => Float32Array) {
  const offsets = [0];
  for (const length of lengths) offsets.push(offsets.at(-1)! + length);
  const endOf = (row: number) => offsets.find((offset) => offset > row)!;
  const { embeddingSize: size, maxLength } = plan;
  return {
    offsets,
    fill: (row: number, place: number) => memoryOf().set(items.subarray(row * size, (row + 1) * size), place),
    positions: Int32Array.from({ length: offsets.at(-1)! }, (_, row) => maxLength - endOf(row) + row),
  };
}

function doubleSetting(shape: Parameters<typeof planSequence>[0], lengths: readonly number[]): Setting {
  const plan = planSequence(shape);
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const network = createSequenceNetwork(plan, doubleHost(sequenceNetworkLength(plan, { rows })), { rows });
  const items = normals(2, rows * shape.embeddingSize);
  network.ground.memory.set(normals(1, plan.parameters), network.parameters);
  const chunk = chunkOf(plan, lengths, items, () => network.ground.memory);
  return { plan, network, items, chunk, slopes: normals(3, rows * shape.embeddingSize) };
}

function lossOf({ network, chunk, slopes }: Setting, dropout?: HashedDropout): number {
  atOnce(network.forward(chunk, dropout));
  return slopes.reduce((sum, slope, at) => sum + slope * network.ground.memory[network.output + at]!, 0);
}

function gradientsOf(setting: Setting, dropout?: HashedDropout) {
  const { network, plan, chunk, slopes } = setting;
  const { memory } = network.ground;
  memory.fill(0, network.gradients, network.gradients + plan.parameters);
  lossOf(setting, dropout);
  memory.set(slopes, network.slopes);
  atOnce(network.backward(chunk, dropout));
  return {
    parameters: memory.slice(network.gradients, network.gradients + plan.parameters),
    items: memory.slice(network.slopes, network.slopes + slopes.length),
  };
}

function finiteDifference(setting: Setting, numbers: Float32Array | Float64Array, at: number, dropout?: HashedDropout) {
  const step = 1e-5;
  const kept = numbers[at]!;
  numbers[at] = kept + step;
  const above = lossOf(setting, dropout);
  numbers[at] = kept - step;
  const below = lossOf(setting, dropout);
  numbers[at] = kept;
  return (above - below) / (2 * step);
}

const cases = [
  { name: 'one block, one head', shape: { embeddingSize: 4, blocks: 1, heads: 1, maxLength: 5 }, lengths: [4] },
  {
    name: 'two blocks, two heads, three sequences',
    shape: { embeddingSize: 6, blocks: 2, heads: 2, maxLength: 5 },
    lengths: [5, 1, 3],
  },
  // Queries are matched 64 at a time.
  {
    name: 'a sequence of three parts',
    shape: { embeddingSize: 4, blocks: 1, heads: 1, maxLength: 130 },
    lengths: [130],
  },
  { name: 'no block', shape: { embeddingSize: 3, blocks: 0, heads: 1, maxLength: 2 }, lengths: [2, 1] },
];

describe.each(cases)('the gradient of $name', ({ shape, lengths }) => {
  test.each([
    ['without dropout', undefined],
    ['with dropout, whose mask stays', { seed: 12345, rate: 0.3 }],
  ])('is what finite differences give, %s', (_, dropout) => {
    const setting = doubleSetting(shape, lengths);
    const { network, plan, items } = setting;
    const gradients = gradientsOf(setting, dropout);
    const parameters = network.ground.memory.subarray(network.parameters, network.parameters + plan.parameters);
    for (const {
      name,
      start,
      shape: [rows, columns],
    } of plan.parts) {
      for (let at = start; at < start + rows * columns; at += Math.ceil((rows * columns) / 7)) {
        const expected = finiteDifference(setting, parameters, at, dropout);
        expect(Math.abs(gradients.parameters[at]! - expected), `${name}[${at - start}]`).toBeLessThan(
          1e-7 * (1 + Math.abs(expected)),
        );
      }
    }
    for (let at = 0; at < items.length; at += Math.ceil(items.length / 60)) {
      const expected = finiteDifference(setting, items, at, dropout);
      expect(Math.abs(gradients.items[at]! - expected), `items[${at}]`).toBeLessThan(1e-7 * (1 + Math.abs(expected)));
    }
  });
});
