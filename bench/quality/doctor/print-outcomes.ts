import type { Outcome } from './follow-run.js';

/** Prints the runs of one kind: how many were judged rightly, and how. */
export function printOutcomes(group: string, outcomes: readonly Outcome[]): void {
  const right = outcomes.filter(({ expected, first }) => expected === first).length;
  console.log(`${group}: ${outcomes[0]?.name} (${outcomes[0]?.expected}): ${right} of ${outcomes.length}`);
  for (const { seed, first, step, evidence, steps, seconds, cost } of outcomes) {
    const when = step === null ? `after ${steps} steps` : `at step ${step}`;
    const time = `${seconds.toFixed(1)} s, doctor ${(100 * cost).toFixed(1)}%`;
    console.log(`    seed ${seed}: ${first} ${when} (${time}) ${evidence}`);
  }
}
