import '@tensorflow/tfjs-backend-webgpu';
import { backend } from '@tensorflow/tfjs-core';
import { ganSteps, useBackend } from 'minimart';
import { ganWorks } from '../rows/gan-work.js';
import { madeSamples } from '../rows/made-samples.js';
import { ourModels } from '../tfjs/our-models.js';
import { type Commands, countCommands } from './count-commands.js';

/** What one step of a row asks of the device. */
export interface StepProfile {
  readonly row: string;
  readonly reportEvery: number;
  /** Dispatches by kernel, most first, and all other commands by kind: means over the steps that were counted. */
  readonly dispatches: readonly (readonly [string, number])[];
  readonly others: readonly (readonly [string, number])[];
}

const warmup = 10;
const steps = 10;

/**
 * Records 20 steps of each row on webgpu, and counts the commands of the last 10: with reports of every step, then of every
 * tenth. Nothing is computed, since what is asked for does not depend on numbers, and a software adapter would take minutes.
 */
export async function profileSteps(rows: readonly string[]): Promise<StepProfile[]> {
  await useBackend('webgpu');
  const commands = countCommands((backend() as unknown as { device: GPUDevice }).device, 'webgpu', { runs: false });
  const profiles: StepProfile[] = [];
  for (const row of rows) {
    for (const reportEvery of [1, 10]) profiles.push(await profileRow(row, reportEvery, commands));
  }
  return profiles;
}

async function profileRow(row: string, reportEvery: number, commands: Commands): Promise<StepProfile> {
  const work = ganWorks[row as keyof typeof ganWorks];
  const run = ganSteps({
    ...ourModels(work),
    data: madeSamples(work),
    batchSize: work.batchSize,
    steps: warmup + steps + 1,
    seed: 1,
    reportEvery,
  });
  let counted: Pick<StepProfile, 'dispatches' | 'others'> = { dispatches: [], others: [] };
  for await (const { step } of run) {
    if (step === warmup) for (const counts of Object.values(commands)) counts.clear();
    if (step === warmup + steps) {
      counted = { dispatches: perStep(commands.dispatches), others: perStep(commands.others) };
      // Left before its last step, which looks at all weights.
      break;
    }
  }
  return { row, reportEvery, ...counted };
}

function perStep(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  return [...counts].map(([name, count]) => [name, count / steps] as const).sort((a, b) => b[1] - a[1]);
}
