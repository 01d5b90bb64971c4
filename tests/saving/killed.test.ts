import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRng } from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { killRuns } from '../../bench/resume/kills.js';
import { runChild } from '../../bench/resume/run-child.js';
import { trainers } from '../../bench/resume/trainers.js';
import { compilePrograms } from '../support/compile-programs.js';

// The short part of `npm run bench:resume`.
const program = fileURLToPath(new URL('../../bench/.build/tests/resume/child.mjs', import.meta.url));
beforeAll(() => compilePrograms(['bench/resume/child.ts'], 'bench/.build/tests/resume'));

test('a run that is killed at any time, even while it writes, loses no checkpoint and ends with the same bits', async () => {
  const kills = [3];
  for (const [place, trainer] of Object.keys(trainers).entries()) {
    const plan = { kills: kills[place] ?? 2, perRun: 4, longest: 300, rng: createRng(place) };
    const tally = await killRuns(program, { trainer, backend: 'wasm', steps: 30, everySteps: 2 }, plan);
    expect(tally.faults).toEqual([]);
    expect(tally.kills).toBe(plan.kills);
  }
});

// One stop for each: tests beside the trainers stop them after any step, and the killed runs above go on several times.
test('a run that goes on in a fresh process ends with the same bits', async () => {
  for (const trainer of Object.keys(trainers)) {
    const request = { trainer, backend: 'cpu', steps: 20 };
    const { digest } = await runChild(program, request);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const folder = await mkdtemp(join(tmpdir(), 'minimart-stops-'));
    expect((await runChild(program, { ...request, folder, stopAt: 10 })).written).toBe(10);
    const last = await runChild(program, { ...request, folder });
    expect(last.read).toEqual([10]);
    expect(last.digest).toBe(digest);
    await rm(folder, { recursive: true });
  }
});

// Windows has no shell that limits files.
test.skipIf(process.platform === 'win32')('a disk that takes half a checkpoint leaves the one before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'minimart-full-'));
  const request = { trainer: 'trainDqn', backend: 'cpu', steps: 60, folder };
  // In blocks of half a kilobyte: the first checkpoints fit, and they grow with the replay.
  const full = await runChild(program, request, { shell: 'ulimit -f 34' });
  expect(full.written).toBeGreaterThan(1);
  expect(full.failed).toBe(
    `CheckpointError: trainDqn: the checkpoint of step ${full.written! + 1} was not written: EFBIG: file too large, write`,
  );
  const { read, digest } = await runChild(program, request);
  expect(read).toEqual([full.written]);
  expect(digest).toBe((await runChild(program, { ...request, folder: undefined })).digest);
  expect((await readdir(folder)).length).toBe(2);
  await rm(folder, { recursive: true });
});
