// npm run bench:resume -- [kills] [stops] [faults] [python] [soak] [cost] [--seed 1]: README.md says what each is.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRng } from 'minimart';
import { buildPrograms } from '../harness/build-programs.js';
import { faultRows } from './faults.js';
import { killRuns } from './kills.js';
import { pythonRows } from './python.js';
import { stopRuns } from './stops.js';
import { trainers } from './trainers.js';

const [backends, kills] = [['cpu', 'wasm'], 200];
const child = fileURLToPath(new URL('../.build/resume/child.mjs', import.meta.url));
const all = Object.keys(trainers).flatMap((trainer) => backends.map((backend) => ({ trainer, backend })));

const parts: Readonly<Record<string, (seed: number) => Promise<void>>> = {
  kills: async (seed) => {
    row('trainer', 'backend', 'runs', 'kills', 'while writing', 'faults');
    for (const [place, each] of all.entries()) {
      const rng = createRng(seed).stream(`${each.trainer}/${each.backend}`);
      const share = Math.floor(((place + 1) * kills) / all.length) - Math.floor((place * kills) / all.length);
      const plan = { kills: share, perRun: 10, longest: 600, rng };
      const tally = await killRuns(child, { ...each, steps: 120 }, plan);
      row(each.trainer, each.backend, tally.runs, tally.kills, tally.inWrites, tally.faults.length);
      complain(tally.faults);
    }
  },
  stops: async () => {
    row('trainer', 'backend', 'stops', 'faults');
    for (const each of all) {
      const steps = 15;
      const stops = Array.from({ length: steps - 1 }, (_, place) => place + 1);
      const tally = await stopRuns(child, { ...each, steps }, stops);
      row(each.trainer, each.backend, tally.stops, tally.faults.length);
      complain(tally.faults);
    }
  },
  faults: async () => {
    row('trainer', 'what happened', 'what was said', 'written before', 'went on from', 'same numbers');
    for (const trainer of Object.keys(trainers)) {
      for (const each of await faultRows(child, { trainer, backend: 'cpu', steps: 300 })) {
        const { fault, said, written = '', from = '', isWhole } = each;
        row(trainer, fault, said, written, from, isWhole ? 'yes' : 'no');
        if (!isWhole) process.exitCode = 1;
      }
    }
  },
  python: async () => {
    row('file', 'tensors', 'faults');
    // A Python that has `safetensors` and numpy.
    const python = process.env.PYTHON ?? 'python3';
    for (const { file, tensors, faults } of await pythonRows(child, python, Object.keys(trainers))) {
      row(file, tensors, faults.length);
      complain(faults);
    }
  },
  soak: async () => {
    const columns = ['heap', 'typed arrays', 'WebAssembly', 'process', 'tensors', 'listeners', 'files'];
    row('trainer', 'backend', 'step', ...columns);
    for (const trainer of Object.keys(trainers)) {
      program('soak', { trainer, backend: 'wasm', steps: 50_000, everySteps: 50 });
    }
  },
  cost: async () => program('cost', { steps: 300, everySteps: 30 }),
};

/** Runs a program of its own to its end, and shows what it prints. */
function program(name: string, request: object): void {
  const path = fileURLToPath(new URL(`../.build/resume/${name}.mjs`, import.meta.url));
  const { status } = spawnSync(process.execPath, [path, JSON.stringify(request)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

function row(...cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

function complain(faults: readonly string[]): void {
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  await buildPrograms(['resume/child.ts', 'resume/soak.ts', 'resume/cost.ts']);
  for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
    const part = parts[name];
    if (!part) throw new Error(`there is no part '${name}': ${Object.keys(parts).join(', ')}`);
    console.log(`\n${name}\n`);
    await part(Number(values.seed));
  }
}

await main();
