import type { Rng } from '../../random/rng.js';
import type { AllowedCells } from '../conditions.js';
import { drawPlace, runningSums } from '../draw-place.js';
import type { DistributionState, RowDistribution } from '../model-of-rows.js';
import { conditionPrefixes } from './condition-prefixes.js';
import { type NetworkPlan, type NetworkWeights, weightShapes } from './network-plan.js';
import { type OpenNetwork, openNetwork, rowsInPass } from './open-network.js';

type Pause = () => Promise<void>;

/** The rows of a conditional network, cell by cell: those with a condition first, the others in the table's order. */
export function networkDistribution(plan: NetworkPlan, weights: NetworkWeights): RowDistribution {
  return {
    network: { plan, weights },
    state: () => stateOfNetwork(plan, weights),
    probability: (allowed, pause) =>
      whileOpen(plan, weights, async (network) => {
        const prefixes = await conditionPrefixes(network, allowed, pause);
        return prefixes.weights.reduce((sum, weight) => sum + weight, 0);
      }),
    draw: (count, allowed, rng, pause) =>
      whileOpen(plan, weights, (network) => drawCells(network, count, allowed, rng, pause)),
    chances: (rows, column, pause) =>
      whileOpen(plan, weights, async (network) => {
        const width = plan.columns.length;
        const { states } = plan.columns[column]!;
        const chances = new Float64Array((rows.length / width) * states);
        for (let from = 0; from * width < rows.length; from += rowsInPass) {
          const known = rows.subarray(from * width, (from + rowsInPass) * width);
          const cells = known.map((state, at) => (state < 0 ? network.unknown(at % width) : state));
          chances.set(await network.chances(cells, column), from * states);
          await pause();
        }
        return chances;
      }),
    logProbability: (rows, pause) =>
      whileOpen(plan, weights, async (network) => {
        const width = plan.columns.length;
        const logs = new Float64Array(rows.length / width);
        for (let from = 0; from < logs.length; from += rowsInPass) {
          const block = rows.subarray(from * width, (from + rowsInPass) * width);
          await addLogs(network, block, logs.subarray(from, from + rowsInPass), pause);
        }
        return logs;
      }),
  };
}

function stateOfNetwork(plan: NetworkPlan, weights: NetworkWeights): DistributionState {
  const tensors = weightShapes(plan).map((shape, place) => [
    `weights/${place}`,
    { shape: shape as number[], values: weights[place]! },
  ]);
  const { embeddingSize, hidden } = plan;
  return { kind: 'network', description: { embeddingSize, hidden }, tensors: Object.fromEntries(tensors) };
}

async function whileOpen<T>(
  plan: NetworkPlan,
  weights: NetworkWeights,
  work: (network: OpenNetwork) => Promise<T>,
): Promise<T> {
  const network = openNetwork(plan, weights);
  try {
    return await work(network);
  } finally {
    network.close();
  }
}

async function drawCells(
  network: OpenNetwork,
  count: number,
  allowed: readonly AllowedCells[],
  rng: Rng,
  pause: Pause,
): Promise<Float64Array[]> {
  const width = allowed.length;
  const prefixes = await conditionPrefixes(network, allowed, pause);
  const sums = runningSums(prefixes.weights);
  const cells = allowed.map(() => new Float64Array(count));
  for (let from = 0; from < count; from += rowsInPass) {
    const rows = Math.min(rowsInPass, count - from);
    const block = new Int32Array(rows * width);
    for (let row = 0; row < rows; row += 1) {
      const start = drawPlace(sums, 0, sums.length, rng) * width;
      block.set(prefixes.cells.subarray(start, start + width), row * width);
    }
    for (const [place, { isConditioned, draw }] of allowed.entries()) {
      if (!isConditioned) await drawStates(network, block, place, { width, rng });
      for (let row = 0; row < rows; row += 1) {
        cells[place]![from + row] = draw(block[row * width + place]! - network.base(place), rng);
      }
      await pause();
    }
  }
  return cells;
}

// Fills a column of rows whose cells it knows or not.
async function drawStates(
  network: OpenNetwork,
  block: Int32Array,
  place: number,
  { width, rng }: { readonly width: number; readonly rng: Rng },
): Promise<void> {
  const chances = await network.chances(block, place);
  const states = (chances.length * width) / block.length;
  for (let row = 0; row * width < block.length; row += 1) {
    const sums = runningSums(chances.subarray(row * states, (row + 1) * states));
    block[row * width + place] = network.base(place) + drawPlace(sums, 0, states, rng);
  }
}

// The chain rule in the table's order. A cell that says nothing stays unknown to those behind it.
async function addLogs(network: OpenNetwork, rows: Int32Array, logs: Float64Array, pause: Pause): Promise<void> {
  const width = rows.length / logs.length;
  const cells = rows.map((_, at) => network.unknown(at % width));
  for (let place = 0; place < width; place += 1) {
    const chances = await network.chances(cells, place);
    const states = chances.length / logs.length;
    for (let row = 0; row < logs.length; row += 1) {
      const state = rows[row * width + place]!;
      if (state < -1) logs[row] = Number.NEGATIVE_INFINITY;
      if (state < 0) continue;
      logs[row]! += Math.log(chances[row * states + state - network.base(place)]!);
      cells[row * width + place] = state;
    }
    await pause();
  }
}
