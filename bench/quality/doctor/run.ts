/**
 * Whether the doctor names six broken runs, on five seeds each, and says nothing of ten healthy ones.
 *
 *     npx tsx bench/quality/doctor/run.ts [seeds] [part of a group's or run's name]
 *
 * Prints a table, and puts what it found into bench/quality/results/doctor.json: a run that is repeated takes the place of
 * the earlier one.
 */
import '@tensorflow/tfjs-backend-wasm';
import { useBackend } from '../../../src/index.js';
import { brokenOtherwise, brokenRuns } from './broken-runs.js';
import { followRun, type Outcome } from './follow-run.js';
import { healthyRuns } from './healthy-runs.js';
import { printOutcomes } from './print-outcomes.js';
import { smallGarments } from './small-garments.js';
import { writeOutcomes } from './write-outcomes.js';

const seeds = (process.argv[2] ?? '1,2,3,4,5').split(',').map(Number);
const part = process.argv[3] ?? '';

await useBackend('wasm');
const garments = await smallGarments();
const groups = { broken: brokenRuns(garments), otherwise: brokenOtherwise(garments), healthy: healthyRuns(garments) };
for (const [group, runs] of Object.entries(groups)) {
  for (const run of runs.filter(({ name }) => `${group}: ${name}`.includes(part))) {
    const outcomes: Outcome[] = [];
    // One seed each for healthy runs: there are ten of them.
    for (const seed of group === 'healthy' ? seeds.slice(0, 1) : seeds) outcomes.push(await followRun(run, seed));
    printOutcomes(group, outcomes);
    writeOutcomes(group, outcomes);
  }
}
