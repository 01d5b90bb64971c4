/**
 * Whether the doctor names six broken runs, on five seeds each, and says nothing of ten healthy ones.
 *
 *     npx tsx bench/quality/doctor/run.ts [seeds] [part of a name]
 *
 * Prints a table; without a part of a name it also writes bench/quality/results/doctor.json.
 */
import '@tensorflow/tfjs-backend-wasm';
import { useBackend } from '../../../src/index.js';
import { brokenOtherwise, brokenRuns } from './broken-runs.js';
import { followRun, type Outcome } from './follow-run.js';
import { healthyRuns } from './healthy-runs.js';
import { printOutcomes } from './print-outcomes.js';
import { smallGarments } from './small-garments.js';
import { writeResults } from './write-results.js';

const seeds = (process.argv[2] ?? '1,2,3,4,5').split(',').map(Number);
const part = process.argv[3];

await useBackend('wasm');
const garments = await smallGarments();
const groups = { broken: brokenRuns(garments), otherwise: brokenOtherwise(garments), healthy: healthyRuns(garments) };
const outcomes: Record<string, Outcome[]> = {};
for (const [group, runs] of Object.entries(groups)) {
  outcomes[group] = [];
  for (const run of runs.filter(({ name }) => part === undefined || name.includes(part))) {
    // One seed each for healthy runs: there are ten of them.
    for (const seed of group === 'healthy' && part === undefined ? seeds.slice(0, 1) : seeds) {
      outcomes[group].push(await followRun(run, seed));
    }
    printOutcomes(
      group,
      outcomes[group].filter(({ name }) => name === run.name),
    );
  }
}
if (part === undefined) writeResults('doctor', { seeds, outcomes });
