import { readFile } from 'node:fs/promises';
import type { Columns } from '../../data/table/column.js';
import { atFileDoor } from '../../internal/file-fault.js';
import {
  type DecodeTableModelOptions,
  encodeTableModel,
  readTableModelBytes,
  requireFormulas,
} from '../../tables/saving/table-model-file.js';
import type { TableModel } from '../../tables/table-model.js';
import { requirePath } from '../files/require-path.js';
import { writeWhole } from '../files/write-file.js';

/**
 * Writes a model of a table to a file, whole or not at all, as {@link writeRecommender} does.
 *
 * @param path - The file; its folder must be there. What was there before is replaced.
 * @param model - As `encodeTableModel` of the main entry.
 * @throws RangeError as `encodeTableModel` of the main entry; Error when the file cannot be written.
 * @example
 * const csv = 'country,pieces\nUK,1\nUK,1\nUK,2\nFrance,12\n';
 * const model = await independentColumns(parseTable(csv, { country: categoryColumn(), pieces: countColumn() }));
 * await writeTableModel('orders.safetensors', model);
 */
export async function writeTableModel<C extends Columns>(path: string | URL, model: TableModel<C>): Promise<void> {
  const target = requirePath('writeTableModel', 'path', path);
  await writeWhole(target, await encodeTableModel(model));
}

/**
 * Reads a model of a table from a file of {@link writeTableModel}.
 *
 * @param path - The file, which may come from anybody.
 * @param options - As `decodeTableModel` of the main entry.
 * @returns As `decodeTableModel` of the main entry.
 * @throws RangeError as `decodeTableModel` of the main entry; Error when the file cannot be read.
 * @example
 * const csv = 'country,pieces\nUK,1\nUK,1\nUK,2\nFrance,12\n';
 * const model = await independentColumns(parseTable(csv, { country: categoryColumn(), pieces: countColumn() }));
 * await writeTableModel('orders.safetensors', model);
 * await (await readTableModel('orders.safetensors')).probability({ country: 'France' }); // 0.25
 */
export async function readTableModel<C extends Columns = Columns>(
  path: string | URL,
  options: DecodeTableModelOptions<NoInfer<C>> = {},
): Promise<TableModel<C>> {
  const where = 'readTableModel';
  const formulas = requireFormulas(where, options);
  const bytes = await readFile(requirePath(where, 'path', path));
  return atFileDoor(where, 'path', () => readTableModelBytes<C>(where, bytes, formulas));
}
