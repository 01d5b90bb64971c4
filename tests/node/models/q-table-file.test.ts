import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { learnFromDemand } from 'minimart';
import { readQTable, writeQTable } from 'minimart/node';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'q-table-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a table comes back from its file, in whole and alone, and what is none is refused by name', async () => {
  const path = join(folder, 'orders.safetensors');
  const learned = await learnFromDemand({ observed: [1, 4, 2], holding: 1, penalty: 4 });
  await writeQTable(path, learned);
  const { q, policy } = await readQTable(pathToFileURL(path), { stateOf: ([stock]) => [stock! + 1] });
  expect(q).toEqual(learned.q);
  expect(policy.act([1])).toBe(learned.policy.act([2]));
  expect(await readdir(folder)).toEqual(['orders.safetensors']);
  await writeFile(path, 'something else');
  await expect(readQTable(path)).rejects.toThrow(/^readQTable: `path` must /);
  await expect(readQTable(path, { stateOf: 1 } as never)).rejects.toThrow('readQTable: `stateOf` must be a function');
  await expect(writeQTable('', learned)).rejects.toThrow('writeQTable: `path`');
});
