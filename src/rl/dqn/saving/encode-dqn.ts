import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { refuse, requireFlag } from '../../../internal/require.js';
import { encodeDocument, type Tensors } from '../../../saving/document/document.js';
import { type JsonObject, toJson } from '../../../saving/document/json.js';
import { requireFiniteTensors } from '../../../saving/finite-tensors.js';
import { joinSnapshots } from '../../../saving/parts/part.js';
import { statePart } from '../../../saving/parts/state-part.js';
import type { DqnAgent, DqnState } from '../agent/dqn-agent.js';
import { fullDqnConfig } from '../agent/dqn-config.js';
import { requireAgent } from '../dqn-options.js';
import { columnTypes, columnWidths } from './saved-columns.js';

/** What the header of a file calls it. */
export const dqnFormat = 'minimart dqn 1';

/** Options of {@link encodeDqn}. */
export interface EncodeDqnOptions {
  /**
   * Whether the transitions that the agent learns from go with it, as they do by default. Without them the file is small and
   * tells nobody what was observed; the agent acts the same, and has to observe anew before it learns.
   */
  readonly replay?: boolean;
}

const names: OptionNames<EncodeDqnOptions> = { replay: true };

/**
 * Puts an agent into the bytes of one file: its config, both networks, the optimizer's moments, the scaling and range of what
 * it learned from, its random streams, and the transitions that it learns from.
 *
 * The file is in the safetensors format, so other languages read its numbers, with a description in JSON and a checksum. What
 * {@link DqnAgent.limitTo} was given is a function, which no file holds. A run of {@link trainDqn} is more than its agent: to go
 * on with one, keep a checkpoint.
 *
 * @param agent - Stays as it is.
 * @param options - See {@link EncodeDqnOptions}.
 * @returns The bytes; {@link decodeDqn} reads them.
 * @throws RangeError for what is no agent.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const agent = createDqn({ observationSize: 1, actions: 2, seed: 1 });
 * const again = await decodeDqn(await encodeDqn(agent));
 * again.act([3]) === agent.act([3]); // true
 */
export async function encodeDqn(agent: DqnAgent, options: EncodeDqnOptions = {}): Promise<Uint8Array> {
  const where = 'encodeDqn';
  requireEncoding(where, options);
  requireAgent(where, agent);
  const { replay = true } = options;
  const config = fullDqnConfig(where, agent.config);
  const { columns, replay: draws, window = [], ...rest } = agent.state();
  const learned = statePart({ state: () => ({ ...rest, window: replay ? window : [] }), restore: () => {} });
  const size = replay ? draws.size : 0;
  const values = { size, next: replay ? draws.next : 0, ...largestOf(draws) };
  const parts = joinSnapshots([
    ['agent', await learned.save()],
    ['replay', { values, tensors: { ...rowsOf(columns, size, config), ...prioritiesOf(draws, size) } }],
  ]);
  await requireFiniteTensors(parts.tensors, (rule, value) => refuse(where, 'agent', rule, value));
  const description: JsonObject = { config: toJson(where, 'agent.config', config), ...parts.values };
  return encodeDocument(dqnFormat, description, parts.tensors);
}

/** Checks the options. */
export function requireEncoding(where: string, options: EncodeDqnOptions): void {
  requireOptions(where, options, names);
  if (options.replay !== undefined) requireFlag(where, 'replay', options.replay);
}

// Rows that were never written say nothing.
function rowsOf(columns: DqnState['columns'], size: number, config: DqnAgent['config']): Tensors {
  const widths = columnWidths(config);
  const given = columnTypes().filter(([name]) => columns[name] !== undefined);
  return Object.fromEntries(
    given.map(([name]) => {
      const width = widths[name];
      return [name, { shape: [size, width], values: columns[name]!.subarray(0, size * width) }];
    }),
  );
}

function largestOf({ priorities }: DqnState['replay']): { largest?: number } {
  return priorities ? { largest: priorities.largest } : {};
}

function prioritiesOf({ priorities }: DqnState['replay'], size: number): Tensors {
  return priorities ? { priorities: { shape: [size], values: priorities.values.subarray(0, size) } } : {};
}
