import { countKnown } from '../../../data/known-indices.js';
import { NonFiniteLossError } from '../../../internal/non-finite-loss-error.js';
import type { Pieces } from '../../../internal/pieces.js';
import { createDistinctFinder } from '../../embedding/inputs/distinct.js';
import { standingValues } from '../../embedding/models/movable-table.js';
import type { EmbeddingOptimizer } from '../../embedding/training/embedding-optimizer.js';
import { createSequenceNetwork, roomOf, sequenceNetworkLength } from '../network/sequence-network.js';
import { packsOf, type Sequences } from '../pack-sequences.js';
import { positiveExponent, type ScoredItems } from '../passes/gbce.js';
import type { HashedDropout } from '../passes/hashed-dropout.js';
import { seedOf } from '../passes/hashed-dropout.js';
import { partAt, planOf, type SasRecModel } from '../sas-rec-model.js';
import { createSampledScores, sampledScoresRoom } from './sampled-scores.js';
import { openSequenceUpdates, type SequenceUpdatesState } from './sequence-updates.js';

/** What one update learns from. */
export interface SequenceBatch extends Sequences {
  /** `[N]`: the item that came after each of `items`. */
  readonly targets: Int32Array;
  /** `[S, negatives]`: drawn for each sequence, for all its positions. */
  readonly negatives: Int32Array;
}

/** How a model learns. */
export interface SequenceStepOptions {
  readonly optimizer: EmbeddingOptimizer;
  /** Negatives of a sequence. */
  readonly negatives: number;
  /** t of gBCE, in [0, 1]. */
  readonly calibration: number;
}

/** Updates of a model, and what they remember. */
export interface SequenceStep {
  /**
   * One update, in pieces.
   *
   * @param seed - Of what is dropped.
   * @returns The loss, before the update: the mean over positions and over a position's items.
   * @throws NonFiniteLossError with everything as it was before.
   */
  update(batch: SequenceBatch, seed: number): Pieces<number>;
  state(): SequenceUpdatesState;
  restore(state: SequenceUpdatesState): void;
  /** Frees what training needed; the model stays. */
  dispose(): void;
}

/** Beyond this size the square of a gradient is no float32 any more. */
const largestGradient = 1e18;

/** Prepares updates. */
export async function openSequenceStep(
  model: SasRecModel,
  { optimizer, negatives, calibration }: SequenceStepOptions,
): Promise<SequenceStep> {
  const plan = planOf(model);
  const { embeddingSize: size } = plan;
  const rows = roomOf(plan);
  const updates = await openSequenceUpdates(model, optimizer);
  const findSlots = createSlotFinder(model.items.size);
  const beta = positiveExponent(negatives, countKnown(model.items), calibration);
  const open = (items: number) => {
    const room = { rows, ...sampledScoresRoom(plan, negatives, items) };
    const network = createSequenceNetwork(plan, updates.host(sequenceNetworkLength(plan, room)), room);
    const { memory } = network.ground;
    memory.set(model.parameters, network.parameters);
    memory.fill(0, network.gradients, network.gradients + plan.parameters);
    const values = standingValues(model.table);
    const scores = createSampledScores(network, plan, { values, negatives, beta });
    memory.fill(0, scores.sums, scores.sums + items * size);
    return { network, scores, values };
  };
  return {
    *update(batch, seed) {
      const slots = findSlots(batch);
      updates.prepare(slots.keys);
      const { network, scores, values } = open(slots.keys.length);
      const { memory, passes } = network.ground;
      const share = 1 / (batch.items.length * (1 + negatives));
      let loss = 0;
      for (const { start, offsets, positions, first } of packsOf(batch, plan.maxLength, rows)) {
        const fill = (row: number, place: number) => {
          const item = batch.items[start + row]! * size;
          memory.set(values.subarray(item, item + size), place);
        };
        const chunk = { offsets, positions, fill };
        const dropout = dropoutOf(model, seed, first);
        yield* network.forward(chunk, dropout);
        for (let place = 0; place + 1 < offsets.length; place += 1) {
          const part = partOf(first + place, start + offsets[place]!, start + offsets[place + 1]!, negatives);
          loss += scores.learn(offsets[place]!, part(batch), part(slots), share);
          yield;
        }
        yield* network.backward(chunk, dropout);
        passes.addRows(network.slopes, size, slots.items.subarray(start, start + offsets.at(-1)!), scores.sums);
      }
      // Copies: the memory may move when vectors do.
      const gradients = memory.slice(network.gradients, network.gradients + plan.parameters);
      const sums = memory.slice(scores.sums, scores.sums + slots.keys.length * size);
      requireFinite(plan, loss, gradients, sums);
      updates.apply({ rows: slots.keys, values: sums }, gradients);
      return loss;
    },
    state: updates.state,
    restore: updates.restore,
    dispose: updates.dispose,
  };
}

type ItemLists = Pick<SequenceBatch, 'items' | 'targets' | 'negatives'>;

// Where the gradients of a batch's items stand: each of `keys` has one row of sums.
function createSlotFinder(itemCount: number) {
  const finder = createDistinctFinder(itemCount);
  const slotsOf = (items: Int32Array): Int32Array => {
    const slots = new Int32Array(items.length);
    for (let at = 0; at < items.length; at += 1) slots[at] = finder.add(items[at]!);
    return slots;
  };
  return ({ items, targets, negatives }: ItemLists): ItemLists & { readonly keys: Int32Array } => {
    finder.clear();
    const slots = { items: slotsOf(items), targets: slotsOf(targets), negatives: slotsOf(negatives) };
    return { ...slots, keys: finder.keys() };
  };
}

// Takes the lists of one sequence.
function partOf(sequence: number, from: number, to: number, negatives: number) {
  return ({ targets, negatives: drawn }: Pick<ItemLists, 'targets' | 'negatives'>): ScoredItems => ({
    targets: targets.subarray(from, to),
    negatives: drawn.subarray(sequence * negatives, (sequence + 1) * negatives),
  });
}

function dropoutOf({ config }: SasRecModel, seed: number, pack: number): HashedDropout | undefined {
  return config.dropout > 0 ? { seed: seedOf(seed, pack), rate: config.dropout } : undefined;
}

// Finite gradients of ordinary sizes leave finite weights.
function requireFinite(
  plan: ReturnType<typeof planOf>,
  loss: number,
  gradients: Float32Array,
  sums: Float32Array,
): void {
  const fail = (value: number, what: 'loss' | 'gradients', name?: string) => {
    throw new NonFiniteLossError('update', 'model', 0, value, what, name);
  };
  const isBroken = (values: Float32Array) => values.findIndex((value) => !(Math.abs(value) < largestGradient));
  const [row, place] = [isBroken(sums), isBroken(gradients)];
  const name = row >= 0 ? 'items' : place >= 0 ? partAt(plan, place) : undefined;
  if (!Number.isFinite(loss)) fail(loss, 'loss', name);
  if (row >= 0) fail(sums[row]!, 'gradients', name);
  if (place >= 0) fail(gradients[place]!, 'gradients', name);
}
