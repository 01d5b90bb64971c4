import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDqn } from 'minimart';
import { readDqn, writeDqn } from 'minimart/node';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dqn-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('an agent comes back from its file, in whole and alone, and what is none is refused by name', async () => {
  const path = join(folder, 'agent.safetensors');
  const agent = createDqn({ observationSize: 2, actions: 3, seed: 4 });
  agent.observe({ observation: [1, 2], action: 0, reward: 1, nextObservation: [0, 0], terminated: false });
  await agent.prepare();
  await writeDqn(path, agent);
  const again = await readDqn(pathToFileURL(path));
  expect([again.stored(), again.values([1, -1])]).toEqual([1, agent.values([1, -1])]);
  await writeDqn(path, agent, { replay: false });
  expect((await readDqn(path)).stored()).toBe(0);
  expect(await readdir(folder)).toEqual(['agent.safetensors']);
  await writeFile(path, 'something else');
  await expect(readDqn(path)).rejects.toThrow(/^readDqn: `path` must /);
  await expect(readDqn(path, { maxBytes: -1 })).rejects.toThrow('readDqn: `maxBytes` must be a positive integer');
  await expect(writeDqn('', agent)).rejects.toThrow('writeDqn: `path`');
});
