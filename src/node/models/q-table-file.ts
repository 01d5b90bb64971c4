import { readFile } from 'node:fs/promises';
import { atFileDoor } from '../../internal/file-fault.js';
import type { LearnedQTable } from '../../rl/tabular/learned-table.js';
import { type DecodeQTableOptions, readQTableBytes, requireDecoding } from '../../rl/tabular/saving/decode-q-table.js';
import { encodeQTable } from '../../rl/tabular/saving/encode-q-table.js';
import { requirePath } from '../files/require-path.js';
import { writeWhole } from '../files/write-file.js';

/**
 * Writes a table of action values to a file, whole or not at all, as {@link writeRecommender} does.
 *
 * @param path - The file; its folder must be there. What was there before is replaced.
 * @param table - As `encodeQTable` of the main entry.
 * @throws RangeError as `encodeQTable` of the main entry; Error when the file cannot be written.
 * @example
 * const learned = await learnFromDemand({ observed: [4, 6, 5, 3, 7, 5], holding: 1, penalty: 4 });
 * await writeQTable('orders.safetensors', learned);
 */
export async function writeQTable(path: string | URL, table: LearnedQTable): Promise<void> {
  const target = requirePath('writeQTable', 'path', path);
  await writeWhole(target, await encodeQTable(table));
}

/**
 * Reads a table of action values from a file of {@link writeQTable}.
 *
 * @param path - The file, which may come from anybody.
 * @param options - As `decodeQTable` of the main entry.
 * @returns As `decodeQTable` of the main entry.
 * @throws RangeError as `decodeQTable` of the main entry; Error when the file cannot be read.
 * @example
 * const learned = await learnFromDemand({ observed: [4, 6, 5, 3, 7, 5], holding: 1, penalty: 4 });
 * await writeQTable('orders.safetensors', learned);
 * const { policy } = await readQTable('orders.safetensors');
 * policy.act([0]) === learned.policy.act([0]); // true
 */
export async function readQTable(path: string | URL, options: DecodeQTableOptions = {}): Promise<LearnedQTable> {
  const where = 'readQTable';
  requireDecoding(where, options);
  const bytes = await readFile(requirePath(where, 'path', path));
  return atFileDoor(where, 'path', () => readQTableBytes(bytes, options));
}
