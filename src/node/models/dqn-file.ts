import { readFile } from 'node:fs/promises';
import { atFileDoor } from '../../internal/file-fault.js';
import type { DqnAgent } from '../../rl/dqn/agent/dqn-agent.js';
import { type DecodeDqnOptions, readDqnBytes, requireDecoding } from '../../rl/dqn/saving/decode-dqn.js';
import { type EncodeDqnOptions, encodeDqn, requireEncoding } from '../../rl/dqn/saving/encode-dqn.js';
import { requirePath } from '../files/require-path.js';
import { writeWhole } from '../files/write-file.js';

/**
 * Writes an agent to a file, whole or not at all, as {@link writeRecommender} does.
 *
 * @param path - The file; its folder must be there. What was there before is replaced.
 * @param agent - As `encodeDqn` of the main entry.
 * @param options - As `encodeDqn` of the main entry.
 * @throws RangeError as `encodeDqn` of the main entry; Error when the file cannot be written.
 * @example
 * await writeDqn('agent.safetensors', createDqn({ observationSize: 1, actions: 2 }), { replay: false });
 */
export async function writeDqn(path: string | URL, agent: DqnAgent, options: EncodeDqnOptions = {}): Promise<void> {
  requireEncoding('writeDqn', options);
  const target = requirePath('writeDqn', 'path', path);
  await writeWhole(target, await encodeDqn(agent, options));
}

/**
 * Reads an agent from a file of {@link writeDqn}.
 *
 * @param path - The file, which may come from anybody.
 * @param options - As `decodeDqn` of the main entry.
 * @returns As `decodeDqn` of the main entry.
 * @throws RangeError as `decodeDqn` of the main entry; Error when the file cannot be read.
 * @example
 * const agent = createDqn({ observationSize: 1, actions: 2, seed: 3 });
 * await writeDqn('shop.safetensors', agent);
 * const again = await readDqn('shop.safetensors');
 * again.act([2]) === agent.act([2]); // true
 */
export async function readDqn(path: string | URL, options: DecodeDqnOptions = {}): Promise<DqnAgent> {
  const where = 'readDqn';
  requireDecoding(where, options);
  const bytes = await readFile(requirePath(where, 'path', path));
  return atFileDoor(where, 'path', () => readDqnBytes(bytes, options));
}
