import type { Pieces } from '../../../internal/pieces.js';
import { backThroughOutput, backToInput, type DenseInput, multiplyByKernel } from '../../host/dense-pass.js';
import { type HashedDropout, seedOf } from '../passes/hashed-dropout.js';
import type { BlockPass } from './block-buffers.js';
import { type AttentionPlaces, attend, attendGradient, type Ground, weightCount } from './causal-attention.js';
import type { BlockPlaces, MapPlaces } from './sequence-plan.js';

/**
 * One block, in the arrangement of SASRec's code: what attention takes its queries from is normalised, what it takes keys and
 * values from is not, and both sums go on from normalised vectors.
 *
 *     q = norm(input),   a = attention(q, input) + q,   u = norm(a)
 *     output = dropout(dropout(relu(u W1 + b1)) W2 + b2) + u
 */
export function* blockForward(pass: BlockPass, places: BlockPlaces): Pieces<void> {
  const { plan, ground, parameters, buffers: own, dropout } = pass;
  const { passes } = ground;
  const { embeddingSize: size } = plan;
  const rows = rowsOf(pass);
  passes.layerNorm(
    rowsAt(own.input, own.queryInput, own.attentionStatistics),
    shifted(places.attentionNorm, parameters),
    rows,
    size,
  );
  for (let head = 0; head < plan.heads; head += 1) {
    const offset = head * pass.room * plan.headSize;
    linear(pass, own.queryInput, places.queries[head]!, own.queries + offset, plan.headSize);
    linear(pass, own.input, places.keys[head]!, own.keys + offset, plan.headSize);
    linear(pass, own.input, places.values[head]!, own.values + offset, plan.headSize);
  }
  yield;
  yield* attendAll(pass);
  passes.layerNorm(
    rowsAt(own.attended, own.denseInput, own.denseStatistics),
    shifted(places.denseNorm, parameters),
    rows,
    size,
  );
  linear(pass, own.denseInput, places.inner, own.inner, size, true);
  if (dropout) passes.dropOut(own.inner, own.inner, rows * size, partOf(dropout, 0));
  linear(pass, own.inner, places.outer, own.output, size);
  if (dropout) passes.dropOut(own.output, own.output, rows * size, partOf(dropout, 1));
  passes.add(own.denseInput, own.output, rows * size);
  yield;
}

// One head writes where its output belongs; of several the outputs stand in a spare block, and are put side by side.
function* attendAll(pass: BlockPass): Pieces<void> {
  const { plan, ground, buffers: own, shared } = pass;
  const isOne = plan.heads === 1;
  const heads = isOne ? own.attended : shared.spare[0];
  for (const part of partsOf(pass)) {
    yield* attend(ground, part.places, part.size, heads + part.first, part.dropout);
  }
  if (!isOne)
    moveHeads(pass, heads, (place, head) => ground.memory.copyWithin(own.attended + place, head, head + plan.headSize));
  ground.passes.add(own.queryInput, own.attended, rowsOf(pass) * plan.embeddingSize);
}

// Visits each head's part of each row: its place within `[rows, D]`, and where it stands in a block of heads.
function moveHeads(
  { plan, room, packed }: BlockPass,
  heads: number,
  move: (place: number, head: number) => void,
): void {
  const { headSize, embeddingSize: size } = plan;
  const rows = packed.offsets.at(-1)!;
  for (let head = 0; head < plan.heads; head += 1) {
    for (let row = 0; row < rows; row += 1) {
      move(row * size + head * headSize, heads + (head * room + row) * headSize);
    }
  }
}

/**
 * Takes the slopes `[rows, D]` of a block's output back to its input, in place, and adds the gradients of its parameters to
 * what is there.
 */
export function* blockBackward(pass: BlockPass, places: BlockPlaces, slopes: number): Pieces<void> {
  const { plan, ground, parameters, gradients, buffers: own, shared, dropout } = pass;
  const { memory, routines, passes } = ground;
  const { embeddingSize: size } = plan;
  const count = rowsOf(pass) * size;
  const [outer, inner] = shared.spare;
  if (dropout) passes.dropOut(slopes, outer, count, partOf(dropout, 1));
  else memory.copyWithin(outer, slopes, slopes + count);
  linearBack(pass, own.inner, places.outer, outer, size, { target: inner });
  // What was dropped is 0, as is what relu holds there.
  routines.keepPositive(addressOf(ground, inner), addressOf(ground, own.inner), count);
  if (dropout) passes.scale(inner, count, 1 / (1 - dropout.rate));
  linearBack(pass, own.denseInput, places.inner, inner, size, { target: slopes, accumulate: true });
  yield;
  const toDense = { input: own.attended, statistics: own.denseStatistics };
  passes.layerNormGradient(toDense, ...normOf(places.denseNorm, parameters, gradients), slopes, count / size, size);
  yield* attentionBackward(pass, places, slopes);
}

// From the slopes of what attention gives, which are those of the queries' input as well.
function* attentionBackward(pass: BlockPass, places: BlockPlaces, slopes: number): Pieces<void> {
  const { plan, ground, parameters, gradients, buffers: own, shared } = pass;
  const { memory, passes } = ground;
  const { embeddingSize: size, headSize } = plan;
  const rows = rowsOf(pass);
  const [input, queries, keys, values] = shared.spare;
  // One head's slopes are those of all; of several they are taken apart, into a block that is free for the input's afterwards.
  const heads = plan.heads === 1 ? slopes : input;
  if (plan.heads > 1)
    moveHeads(pass, heads, (place, head) => memory.copyWithin(head, slopes + place, slopes + place + headSize));
  for (const part of partsOf(pass)) {
    const { first } = part;
    const into = { queries: queries + first, keys: keys + first, values: values + first };
    yield* attendGradient(ground, part.places, part.size, heads + first, into, part.dropout);
  }
  for (let head = 0; head < plan.heads; head += 1) {
    const offset = head * pass.room * headSize;
    linearBack(pass, own.queryInput, places.queries[head]!, queries + offset, headSize, {
      target: slopes,
      accumulate: true,
    });
    linearBack(pass, own.input, places.keys[head]!, keys + offset, headSize, { target: input, accumulate: head > 0 });
    linearBack(pass, own.input, places.values[head]!, values + offset, headSize, { target: input, accumulate: true });
  }
  yield;
  const toQueries = { input: own.input, statistics: own.attentionStatistics };
  passes.layerNormGradient(toQueries, ...normOf(places.attentionNorm, parameters, gradients), slopes, rows, size);
  passes.add(input, slopes, rows * size);
  yield;
}

interface HeadPart {
  readonly places: AttentionPlaces;
  readonly size: { readonly length: number; readonly size: number };
  /** Where the part begins within `[heads, rows, D / heads]`. */
  readonly first: number;
  readonly dropout: HashedDropout | undefined;
}

// Every head of every sequence.
function* partsOf({ plan, buffers, shared, packed, room, dropout }: BlockPass): Generator<HeadPart> {
  const { heads, headSize } = plan;
  let weights = buffers.weights;
  for (let sequence = 0; sequence + 1 < packed.offsets.length; sequence += 1) {
    const row = packed.offsets[sequence]!;
    const length = packed.offsets[sequence + 1]! - row;
    for (let head = 0; head < heads; head += 1) {
      const first = (head * room + row) * headSize;
      const { queries, keys, values } = buffers;
      yield {
        places: {
          ...{ queries: queries + first, keys: keys + first, values: values + first },
          ...{ weights, scratch: shared.scratch },
        },
        size: { length, size: headSize },
        first,
        dropout: dropout && partOf(dropout, 2 + sequence * heads + head),
      };
      weights += weightCount(length);
    }
  }
}

function linear(
  { plan, ground, parameters, packed }: BlockPass,
  input: number,
  map: MapPlaces,
  output: number,
  units: number,
  isRelu = false,
): void {
  const at = (place: number) => addressOf(ground, place);
  const rows = packed.offsets.at(-1)!;
  const values = { values: at(input), kernel: at(parameters + map.weights), rows, size: plan.embeddingSize, units };
  multiplyByKernel(ground.routines, values, at(output));
  ground.routines.addBias(at(output), rows, units, at(parameters + map.bias), isRelu);
}

// Adds the gradients of a map's weights and bias, and writes or adds those of its input.
function linearBack(
  { plan, ground, parameters, gradients, packed, shared }: BlockPass,
  input: number,
  map: MapPlaces,
  slopes: number,
  units: number,
  { target, accumulate = false }: { readonly target: number; readonly accumulate?: boolean },
): void {
  const { routines, passes } = ground;
  const at = (place: number) => addressOf(ground, place);
  const rows = packed.offsets.at(-1)!;
  const from: DenseInput = {
    ...{ values: at(input), kernel: at(parameters + map.weights) },
    ...{ rows, size: plan.embeddingSize, units },
  };
  backThroughOutput(routines, { values: at(input), rows, units, isRelu: false }, at(slopes), at(shared.sums));
  passes.add(shared.sums, gradients + map.bias, units);
  backToInput(routines, from, at(slopes), { kernel: at(gradients + map.weights), values: undefined }, true);
  routines.multiply({
    ...{ left: at(slopes), right: from.kernel, output: at(target), rows, depth: units },
    ...{ columns: plan.embeddingSize, transposeRight: true, accumulate },
  });
}

function rowsOf({ packed }: BlockPass): number {
  return packed.offsets.at(-1)!;
}

function rowsAt(input: number, output: number, statistics: number) {
  return { input, output, statistics };
}

/** A normalisation's places, counted from where all parameters begin. */
export function shifted<T extends { readonly scale: number; readonly offset: number }>(
  { scale, offset }: T,
  start: number,
) {
  return { scale: start + scale, offset: start + offset };
}

/** A normalisation's parameters and their gradients. */
export function normOf(
  norm: { readonly scale: number; readonly offset: number },
  parameters: number,
  gradients: number,
) {
  return [shifted(norm, parameters), shifted(norm, gradients)] as const;
}

function partOf({ seed, rate }: HashedDropout, part: number): HashedDropout {
  return { seed: seedOf(seed, part), rate };
}

function addressOf({ address }: Ground, place: number): number {
  return address + 4 * place;
}
