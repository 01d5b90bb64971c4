import { atFileDoor, refuseFile } from '../../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { requirePositiveInteger } from '../../../internal/require.js';
import { decodeDocument } from '../../../saving/document/document.js';
import { fromJson } from '../../../saving/document/json.js';
import { tensorOf } from '../../../saving/document/reader.js';
import { partOf, type SavedSnapshot } from '../../../saving/parts/part.js';
import { statePart } from '../../../saving/parts/state-part.js';
import { planOf } from '../agent/brain.js';
import { createDqn } from '../agent/create-dqn.js';
import type { DqnAgent, DqnState } from '../agent/dqn-agent.js';
import { type FullDqnConfig, fullDqnConfig } from '../agent/dqn-config.js';
import { learnerRoom, replayRoom, usualRoom } from './agent-room.js';
import { dqnFormat } from './encode-dqn.js';
import { columnTypes, columnWidths } from './saved-columns.js';

/** Options of {@link decodeDqn}. */
export interface DecodeDqnOptions {
  /** Most bytes of memory that the agent may take, >= 1. Default: 32 MB and 16 bytes for each of the file. */
  readonly maxBytes?: number;
}

const names: OptionNames<DecodeDqnOptions> = { maxBytes: true };

/**
 * Reads an agent from the bytes of {@link encodeDqn}. It acts as the one that was written, and goes on learning from what came
 * with it with the same bits. The fastest routines of this host are in use, as {@link DqnAgent.prepare} loads them.
 *
 * The file may come from anybody: nothing in it is run, and no more memory is taken than `maxBytes`. Damage is found
 * by a checksum.
 *
 * @param bytes - The whole file.
 * @param options - See {@link DecodeDqnOptions}.
 * @returns The agent. It holds no tensors.
 * @throws RangeError when the bytes are no such file, are damaged, hold what does not fit together, or ask for too much memory.
 * @example
 * const agent = createDqn({ observationSize: 4, actions: 2, batchSize: 8, seed: 1 });
 * await trainDqn({ agent, environment: cartPoleEnvironment(), steps: 200, validation: false });
 * const again = await decodeDqn(await encodeDqn(agent));
 * await again.learn();
 * await agent.learn();
 * again.values([0, 1, 0, 1])[0] === agent.values([0, 1, 0, 1])[0]; // true
 */
export async function decodeDqn(bytes: Uint8Array, options: DecodeDqnOptions = {}): Promise<DqnAgent> {
  const where = 'decodeDqn';
  requireDecoding(where, options);
  return atFileDoor(where, 'bytes', () => readDqnBytes(bytes, options));
}

/** Checks the options. */
export function requireDecoding(where: string, options: DecodeDqnOptions): void {
  requireOptions(where, options, names);
  if (options.maxBytes !== undefined) requirePositiveInteger(where, 'maxBytes', options.maxBytes);
}

/** {@link decodeDqn} within a reader of files. */
export async function readDqnBytes(bytes: Uint8Array, options: DecodeDqnOptions): Promise<DqnAgent> {
  const file = await decodeDocument(bytes, [dqnFormat]);
  const config = await fitting(async () => {
    return fullDqnConfig('config', fromJson(file.description.part('config').plain()) as FullDqnConfig);
  });
  const saved = { values: file.description, tensors: file.tensors };
  // Before anything of these sizes is made.
  tensorOf(file, 'agent/network', Float32Array, [4 * planOf(config).parameters]);
  const { maxBytes = usualRoom(bytes.length) } = options;
  const room = learnerRoom(config) + replayRoom(config);
  if (room > maxBytes) refuseFile(`ask for at most \`maxBytes\` of memory, ${maxBytes}`, room);
  const stored = readReplay(partOf(saved, 'replay'), config);
  return fitting(async () => {
    const pause = createPause();
    const agent = createDqn(config);
    await pause();
    await agent.prepare();
    await pause();
    const learned = statePart<DqnState>({
      state: agent.state,
      restore: (state) => agent.restore({ ...state, ...stored }),
    });
    await (await learned.read(partOf(saved, 'agent')))();
    return agent;
  });
}

// What an agent refuses is wrong with the file.
async function fitting<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RangeError) refuseFile('hold an agent that can be made', error.message);
    throw error;
  }
}

function readReplay(saved: SavedSnapshot, config: FullDqnConfig): Pick<DqnState, 'columns' | 'replay'> {
  const size = saved.values.whole('size', 0, config.replaySize);
  const next = saved.values.whole('next', 0, config.replaySize);
  const widths = columnWidths(config);
  const given = columnTypes().filter(([name]) => !name.endsWith('Masks') || Object.hasOwn(saved.tensors, name));
  const columns = given.map(([name, type]) => {
    return [name, tensorOf<Float32Array | Int32Array | Uint8Array>(saved, name, type, [size, widths[name]])];
  });
  const replay = {
    size,
    next,
    ...(config.prioritized && {
      priorities: {
        values: tensorOf(saved, 'priorities', Float64Array, [size]),
        largest: saved.values.number('largest'),
      },
    }),
  };
  return { columns: Object.fromEntries(columns) as DqnState['columns'], replay };
}
