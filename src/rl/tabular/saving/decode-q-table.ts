import { atFileDoor, refuseFile } from '../../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { inStretches, type Pieces, piecemeal } from '../../../internal/pieces.js';
import { requireFunction } from '../../../internal/require.js';
import { decodeDocument, type Tensors } from '../../../saving/document/document.js';
import { tensorOf } from '../../../saving/document/reader.js';
import { addStates, createStateIndex, type StateIndex } from '../../exact/state-index.js';
import { type LearnedQTable, learnedTable } from '../learned-table.js';
import type { QTable } from '../q-table.js';
import { requireStateNumbers } from '../state-numbers.js';
import { qTableFormat } from './encode-q-table.js';

/** Options of {@link decodeQTable}. */
export interface DecodeQTableOptions {
  /** Makes whole numbers of an observation, as in training. Default: they are whole already. */
  readonly stateOf?: (observation: Float32Array) => ArrayLike<number>;
}

const names: OptionNames<DecodeQTableOptions> = { stateOf: true };

/**
 * Reads a table of action values from the bytes of {@link encodeQTable}: its policy acts as the one that was written, and its
 * rows have the same values to the last bit, for {@link qLearningUpdate} to go on with. It has room for the states that were
 * met and no more.
 *
 * The file may come from anybody: nothing in it is run, and no more memory is taken than it has numbers. Damage is found by a
 * checksum.
 *
 * @param bytes - The whole file.
 * @param options - `stateOf`: the same function that training was given, if any.
 * @returns The table and its policy, which has been asked nothing yet.
 * @throws RangeError when the bytes are no such file, are damaged, or hold what does not fit together; from `act` for
 *   observations of another length, or with fractions where there is no `stateOf`.
 * @example
 * const learned = await learnFromDemand({ observed: [4, 6, 5, 3, 7, 5], holding: 1, penalty: 4 });
 * const { policy, q } = await decodeQTable(await encodeQTable(learned));
 * policy.act([0]) === learned.policy.act([0]); // true
 * q.values[0] === learned.q.values[0]; // true
 */
export async function decodeQTable(bytes: Uint8Array, options: DecodeQTableOptions = {}): Promise<LearnedQTable> {
  const where = 'decodeQTable';
  requireDecoding(where, options);
  return atFileDoor(where, 'bytes', () => readQTableBytes(bytes, options));
}

/** Checks the options. */
export function requireDecoding(where: string, options: DecodeQTableOptions): void {
  requireOptions(where, options, names);
  requireFunction(where, 'stateOf', options.stateOf);
}

/** {@link decodeQTable} within a reader of files. */
export async function readQTableBytes(bytes: Uint8Array, { stateOf }: DecodeQTableOptions): Promise<LearnedQTable> {
  const { description, tensors } = await decodeDocument(bytes, [qTableFormat]);
  const otherwise = description.text('otherwise');
  if (otherwise !== 'nearest' && otherwise !== 'first') refuseFile("hold 'nearest' or 'first'", otherwise);
  const name = description.text('name');
  const [count, width] = sidesOf(tensors, 'states');
  const q = await piecemeal(tableOf(tensors, count), createPause());
  const index = await indexOf(tensorOf({ tensors }, 'states', Int32Array, [count, width]), count, width);
  const numbersOf = (observation: readonly number[]) =>
    requireStateNumbers('act', stateOf ? stateOf(Float32Array.from(observation)) : observation, width);
  return learnedTable({ name, q, index, numbersOf, otherwise }, width);
}

// A file without one of these has no sides to read.
function sidesOf(tensors: Tensors, name: string): readonly [rows: number, columns: number] {
  const shape = Object.hasOwn(tensors, name) ? tensors[name]!.shape : [];
  if (shape.length !== 2 || shape.includes(0)) refuseFile(`hold rows and columns in a tensor '${name}'`, shape);
  return shape as [number, number];
}

function* tableOf(tensors: Tensors, states: number): Pieces<QTable> {
  const [, actions] = sidesOf(tensors, 'values');
  const shape = [states, actions];
  const values = tensorOf({ tensors }, 'values', Float64Array, shape);
  yield;
  const visits = tensorOf({ tensors }, 'visits', Uint32Array, shape);
  yield;
  if (!Object.hasOwn(tensors, 'illegal')) return { states, actions, values, visits };
  const illegal = tensorOf({ tensors }, 'illegal', Uint8Array, shape);
  yield* inStretches(illegal.length, (from, to) => {
    for (let place = from; place < to; place += 1) {
      if (illegal[place]! > 1) refuseFile("hold 0 or 1 in 'illegal'", illegal[place]);
      if (illegal[place] === 0) continue;
      if (visits[place] !== 0) refuseFile("hold no visits in 'visits' where 'illegal' holds 1", visits[place]);
      values[place] = Number.NEGATIVE_INFINITY;
    }
  });
  return { states, actions, values, visits };
}

async function indexOf(states: Int32Array, count: number, width: number): Promise<StateIndex> {
  const index = createStateIndex(width, count, () => refuseFile('hold each state once', count), count);
  const twice = await piecemeal(addStates(index, states, width), createPause());
  if (twice >= 0) refuseFile(`hold each state once in 'states', not in row ${twice} again`, twice);
  return index;
}
