import { createPause } from '../../../internal/pause.js';
import { inStretches, type Pieces, piecemeal } from '../../../internal/pieces.js';
import {
  refuse,
  requireArray,
  requireGivenFunction,
  requireOneOf,
  requirePositiveInteger,
  requireText,
} from '../../../internal/require.js';
import { encodeDocument, type Tensors } from '../../../saving/document/document.js';
import { requireFiniteTensors } from '../../../saving/finite-tensors.js';
import type { LearnedQTable } from '../learned-table.js';

/** What the header of a file calls it. */
export const qTableFormat = 'minimart q-table 1';

/**
 * Puts a table of action values into the bytes of one file, with the states that its rows stand for and the policy that acts
 * by it: what {@link trainQTable} or {@link learnFromDemand} gave, or {@link decodeQTable}.
 *
 * Only states that were met are written, each with its values and how often they were updated. The file is in the
 * safetensors format, so other languages read it, with a description in JSON and a checksum. A `stateOf` is a function, which
 * no file holds: whoever reads the table gives it again. To go on with a training, keep a checkpoint.
 *
 * @param table - Stays as it is.
 * @returns The bytes; {@link decodeQTable} reads them.
 * @throws RangeError for what is no such table, and where a value is NaN or infinite; only illegal actions may be worth
 *   -Infinity.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const shop = inventoryEnvironment({ demand: poissonDemand(5), holding: 1, penalty: 4 });
 * const learned = await trainQTable({ environment: shop, steps: 2000, seed: 7 });
 * const { policy } = await decodeQTable(await encodeQTable(learned));
 * policy.act([2]) === learned.policy.act([2]); // true
 */
export async function encodeQTable(table: LearnedQTable): Promise<Uint8Array> {
  const where = 'encodeQTable';
  const { shape, states, values, visits } = requireTable(where, table);
  const [count, actions] = [shape[0], table.q.actions];
  const tensors: Tensors = {
    states: { shape, values: states },
    visits: { shape: [count, actions], values: visits },
    ...(await piecemeal(markIllegal(values, visits, [count, actions]), createPause())),
  };
  await requireFiniteTensors(tensors, (rule, value) => refuse(where, 'table.q.values', rule, value));
  return encodeDocument(qTableFormat, { name: table.policy.name, otherwise: table.otherwise }, tensors);
}

function requireTable(where: string, table: LearnedQTable) {
  if (typeof table !== 'object' || table === null) refuse(where, 'table', 'be a table that was learned', table);
  const { policy, q, otherwise } = table;
  requireText(where, 'table.policy.name', policy?.name);
  requireOneOf(where, 'table.otherwise', ['nearest', 'first'], otherwise);
  requirePositiveInteger(where, 'table.q.actions', q?.actions);
  requireGivenFunction(where, 'table.states', table.states);
  const { shape, values: states } = table.states() ?? {};
  const [count, width] = shape ?? [];
  requirePositiveInteger(where, 'table.states().shape[0]', count);
  requirePositiveInteger(where, 'table.states().shape[1]', width);
  requireArray(where, 'table.states().values', states, Int32Array, count * width);
  const [most, used] = [q.states * q.actions, count * q.actions];
  if (!(used <= most)) refuse(where, 'table.q.states', `be at least ${count}, as many as \`states()\``, q.states);
  requireArray(where, 'table.q.values', q.values, Float64Array, most);
  requireArray(where, 'table.q.visits', q.visits, Uint32Array, most);
  // Copies: the table may learn on while the file is written.
  return { shape, states, values: q.values.slice(0, used), visits: q.visits.slice(0, used) };
}

// Numbers of a file are finite: what is illegal is marked beside them.
function* markIllegal(values: Float64Array, visits: Uint32Array, shape: readonly number[]): Pieces<Tensors> {
  const illegal = new Uint8Array(values.length);
  yield* inStretches(values.length, (from, to) => {
    for (let place = from; place < to; place += 1) {
      if (values[place] !== Number.NEGATIVE_INFINITY || visits[place] !== 0) continue;
      illegal[place] = 1;
      values[place] = 0;
    }
  });
  return { values: { shape, values }, ...(illegal.includes(1) && { illegal: { shape, values: illegal } }) };
}
