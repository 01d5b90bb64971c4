import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { independentColumns } from 'minimart';
import { readTableModel, writeTableModel } from 'minimart/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { orderLines } from '../../tables/order-lines.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'table-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a model comes back from its file, in whole and alone, and what is none is refused by name', async () => {
  const path = join(folder, 'orders.safetensors');
  const model = await independentColumns(orderLines(50));
  await writeTableModel(path, model);
  const again = await readTableModel(pathToFileURL(path));
  expect(await again.probability({ product: 'p1' })).toBe(await model.probability({ product: 'p1' }));
  expect(await readdir(folder)).toEqual(['orders.safetensors']);
  await writeFile(path, 'something else');
  await expect(readTableModel(path)).rejects.toThrow(/^readTableModel: `path` must /);
  await expect(readTableModel(path, { derived: 1 } as never)).rejects.toThrow(
    'readTableModel: `derived` must be an object',
  );
  await expect(writeTableModel('', model)).rejects.toThrow('writeTableModel: `path`');
});
