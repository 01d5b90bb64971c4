import { nodeProgram } from './harness/contender.js';
import { runContender } from './harness/run-contender.js';
import { shown } from './harness/statistics.js';
import { table } from './harness/table.js';
import { type GanWork, ganWorks } from './rows/gan-work.js';
import type { KernelLine, Profile } from './tfjs/profile.js';

const linesShown = 15;

/** Prints where our step's time goes on wasm, for each of `rows` that is a GAN's step. */
export async function profileRows(rows: readonly string[]): Promise<void> {
  for (const [name, work] of Object.entries(ganWorks)) {
    if (!rows.includes(name)) continue;
    console.log(`### ${name}, processor time of one step\n\n${await profileOf(work)}\n`);
  }
}

async function profileOf(work: GanWork): Promise<string> {
  const answer = await runContender({
    name: 'profile',
    command: nodeProgram('tfjs/profile.ts'),
    request: { work, backend: 'wasm', pace: { warmup: 50, steps: 30, budget: 5000 } },
    timeout: 120_000,
  });
  if (!('profile' in answer)) return JSON.stringify(answer);
  const { milliseconds, byName, byCall } = answer.profile as Profile;
  const inKernels = sum(byName.map((line) => line.milliseconds));
  const calls = sum(byName.map((line) => line.calls));
  const summary =
    `${shown(milliseconds)} ms: ${shown(inKernels)} in ${shown(calls)} kernel calls, ` +
    `${shown(milliseconds - inKernels)} (${share(milliseconds - inKernels, milliseconds)}) outside of kernels.`;
  return [summary, kernelTable(byName, milliseconds), kernelTable(byCall, milliseconds)].join('\n\n');
}

function kernelTable(lines: readonly KernelLine[], total: number): string {
  const cells = lines
    .slice(0, linesShown)
    .map(({ name, calls, milliseconds }) => [name, shown(calls), shown(milliseconds), share(milliseconds, total)]);
  return table(['kernel', 'calls', 'ms', 'share'], cells);
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)}%`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
