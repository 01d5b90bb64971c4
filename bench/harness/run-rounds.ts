import type { Contender } from './contender.js';
import type { Answer, Measurement } from './measurement.js';
import { runContender } from './run-contender.js';

/** A contender with what it answered, round by round; or the reason why it has no figures. */
export interface Outcome {
  readonly contender: Contender;
  /** One per round; a single one for slow contenders; none where `failure` says why. */
  readonly measurements: readonly Measurement[];
  readonly failure?: string;
}

/** How to run. */
export interface RoundOptions {
  readonly rounds: number;
  readonly slow: boolean;
  /** Called when a process starts. */
  readonly onStart: (contender: Contender, round: number) => void;
}

/**
 * Runs every contender once a round, one after the other, so that whatever else the machine does hits all alike. One
 * that fails is not asked again.
 */
export async function runRounds(contenders: readonly Contender[], options: RoundOptions): Promise<Outcome[]> {
  const answers = new Map<Contender, Answer[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [contender, given] of answers) {
      if (!isDue(contender, given, options.slow)) continue;
      options.onStart(contender, round);
      given.push(await runContender(contender));
    }
  }
  return [...answers].map(([contender, given]) => toOutcome(contender, given));
}

function isDue(contender: Contender, given: readonly Answer[], slow: boolean): boolean {
  if (contender.slow) return slow && given.length === 0;
  return given.every((answer) => 'series' in answer);
}

function toOutcome(contender: Contender, answers: readonly Answer[]): Outcome {
  const measurements = answers.filter((answer) => 'series' in answer);
  const last = answers.at(-1);
  if (last === undefined) return { contender, measurements, failure: 'takes long: only with --slow' };
  if ('error' in last) return { contender, measurements: [], failure: `fails: ${last.error}` };
  if ('skipped' in last) return { contender, measurements: [], failure: `skipped: ${last.skipped}` };
  return { contender, measurements, failure: implausible(measurements) };
}

function implausible(measurements: readonly Measurement[]): string | undefined {
  for (const { firstLosses } of measurements) {
    if (!firstLosses) continue;
    if (!isPlausible(firstLosses)) return `does something else: its first losses are ${firstLosses.join(' and ')}`;
  }
  return undefined;
}

// An untrained discriminator is undecided: its loss is near 2 log 2. The generator meets it one update later. Whoever
// guesses at clicks is undecided as well: log 2.
function isPlausible([first, second]: readonly number[]): boolean {
  if (second === undefined) return Math.abs(first! - Math.log(2)) < 0.05;
  return first! > 1 && first! < 2.2 && second > 0.2 && second < 2.5;
}
