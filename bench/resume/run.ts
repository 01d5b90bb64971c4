// npm run bench:resume -- [kills] [stops] [faults] [soak] [cost] [--seed 1]: README.md says what each is.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRng } from 'minimart';
import { buildPrograms } from '../harness/build-programs.js';
import { faultRows } from './faults.js';
import { killRuns } from './kills.js';
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
};

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
  await buildPrograms(['resume/child.ts']);
  for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
    const part = parts[name];
    if (!part) throw new Error(`there is no part '${name}': ${Object.keys(parts).join(', ')}`);
    console.log(`\n${name}\n`);
    await part(Number(values.seed));
  }
}

await main();
