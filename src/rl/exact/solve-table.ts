import { describe } from '../../internal/describe.js';
import type { TransitionTable } from './transition-table.js';

/** What solving a table gives. */
export interface TableSolution {
  /** Long-run average reward per step, in the middle of the two bounds. */
  readonly gain: number;
  /** The average reward is at least this... */
  readonly lower: number;
  /** ...and at most this. */
  readonly upper: number;
  /** `[S]`: relative value of each state, 0 at the start. */
  readonly values: Float64Array;
  /** `[S]`: the best choice, as a place in the table's list of choices. */
  readonly choices: Int32Array;
  /** Sweeps over all choices. */
  readonly sweeps: number;
}

/** When to stop. */
export interface SolveOptions {
  /** Width of the bounds around the average reward, > 0. Default 1e-8. */
  readonly tolerance?: number;
  /** Most sweeps over all choices, >= 1. Default 20,000. */
  readonly maxSweeps?: number;
}

// A step that sometimes waits has the same average reward per step taken, and no cycles that values could swing in.
const moving = 0.95;
// Sweeps with the choices fixed cost a fraction of one over all choices.
const fixedSweeps = 12;

/**
 * Value iteration relative to the start, in which sweeps over all choices take turns with sweeps over the best ones
 * (modified policy iteration). Whatever the values are, the smallest and the largest gain of one sweep over all
 * choices bound the optimal average reward.
 */
export function solveTable(where: string, table: TransitionTable, options: SolveOptions): TableSolution {
  const { tolerance = 1e-8, maxSweeps = 20_000 } = options;
  const count = table.firstChoice.length - 1;
  const hasChoice = table.actions.length > count;
  let values = new Float64Array(count);
  let improved = new Float64Array(count);
  const choices = new Int32Array(count);
  let bounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  for (let sweeps = 1; sweeps <= maxSweeps; sweeps += 1) {
    bounds = improve(table, values, improved, choices);
    [values, improved] = [improved, values];
    if (bounds.upper - bounds.lower < tolerance) {
      const start = values[0]!;
      return {
        ...bounds,
        gain: (bounds.lower + bounds.upper) / 2,
        values: values.map((v) => v - start),
        choices,
        sweeps,
      };
    }
    for (let sweep = 0; hasChoice && sweep < fixedSweeps; sweep += 1) {
      follow(table, values, improved, choices);
      [values, improved] = [improved, values];
    }
    relate(values);
  }
  const reached = `${describe(bounds.upper - bounds.lower)} between the bounds`;
  throw new Error(`${where}: \`model\` must settle to ${tolerance} in ${maxSweeps} sweeps, received ${reached}.`);
}

function improve(table: TransitionTable, values: Float64Array, improved: Float64Array, choices: Int32Array) {
  const { firstChoice } = table;
  let lower = Number.POSITIVE_INFINITY;
  let upper = Number.NEGATIVE_INFINITY;
  for (let state = 0; state < values.length; state += 1) {
    let best = Number.NEGATIVE_INFINITY;
    let bestChoice = 0;
    for (let choice = firstChoice[state]!; choice < firstChoice[state + 1]!; choice += 1) {
      const value = choiceValue(table, values, choice);
      if (value > best) {
        best = value;
        bestChoice = choice;
      }
    }
    const change = best - values[state]!;
    if (change < lower) lower = change;
    if (change > upper) upper = change;
    choices[state] = bestChoice;
    improved[state] = values[state]! + moving * change;
  }
  return { lower, upper };
}

function follow(table: TransitionTable, values: Float64Array, improved: Float64Array, choices: Int32Array): void {
  for (let state = 0; state < values.length; state += 1) {
    const change = choiceValue(table, values, choices[state]!) - values[state]!;
    improved[state] = values[state]! + moving * change;
  }
}

function choiceValue(table: TransitionTable, values: Float64Array, choice: number): number {
  const { rewards, firstFollower, followers, probabilities } = table;
  let value = rewards[choice]!;
  const end = firstFollower[choice + 1]!;
  for (let place = firstFollower[choice]!; place < end; place += 1) {
    value += probabilities[place]! * values[followers[place]!]!;
  }
  return value;
}

// Values grow by the average reward in every sweep; only differences matter.
function relate(values: Float64Array): void {
  const start = values[0]!;
  for (let state = 0; state < values.length; state += 1) values[state]! -= start;
}
