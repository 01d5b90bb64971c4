import { describe } from '../../internal/describe.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requirePositive, requirePositiveInteger } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import type { InstantPolicy } from '../acting/policy.js';
import type { DecisionModel } from './decision-model.js';
import type { TransitionTable } from './transition-table.js';
import { UnsolvedModelError } from './unsolved-model-error.js';

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

/** The best that can be done in a {@link DecisionModel}. */
export interface OptimalSolution {
  /** Long-run average reward per step; for an inventory, the cost is its negative. */
  readonly averageReward: number;
  /** The optimum lies between these two. */
  readonly bounds: readonly [lower: number, upper: number];
  /**
   * Acts optimally in every state that can be reached from the start, and anywhere else as in the nearest of these (least
   * sum of absolute differences); with a mask it takes the nearest legal action below, or else above.
   */
  readonly policy: InstantPolicy;
  /** How many states can be reached. */
  readonly states: number;
  /** Sweeps over all states and actions that it took. */
  readonly sweeps: number;
}

/** The model to solve, and when to stop. */
export interface SolveOptions {
  /** The world, which goes on for ever. */
  readonly model: DecisionModel;
  /** Width of the bounds around the average reward, > 0; 1e-10 of it is enough, too. Default 1e-8. */
  readonly tolerance?: number;
  /** Most sweeps over all choices, >= 1. Default 20,000. */
  readonly maxSweeps?: number;
  /** Stops the work: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** When to stop. */
export type SolveLimits = Omit<SolveOptions, 'model'>;

/** Checks the options of a solver, with those that it has beside these. */
export function requireSolveOptions<O extends SolveOptions>(
  where: string,
  options: O,
  more: OptionNames<Omit<O, keyof SolveOptions>>,
): void {
  const names: OptionNames<SolveOptions> = { model: true, tolerance: true, maxSweeps: true, signal: true };
  requireOptions<SolveOptions>(where, options, { ...names, ...more });
  const { tolerance = 1e-8, maxSweeps = 20_000, signal } = options ?? {};
  requirePositive(where, 'tolerance', tolerance);
  requirePositiveInteger(where, 'maxSweeps', maxSweeps);
  requireSignal(where, signal);
  signal?.throwIfAborted();
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
export async function solveTable(
  where: string,
  table: TransitionTable,
  options: SolveLimits,
  pause: () => Promise<void>,
): Promise<TableSolution> {
  const { tolerance = 1e-8, maxSweeps = 20_000 } = options;
  const count = table.firstChoice.length - 1;
  const hasChoice = table.actions.length > count;
  const blocks = blocksOf(table);
  let values = new Float64Array(count);
  let improved = new Float64Array(count);
  const choices = new Int32Array(count);
  let width = Number.POSITIVE_INFINITY;
  for (let sweeps = 1; sweeps <= maxSweeps; sweeps += 1) {
    const bounds = { lower: Number.POSITIVE_INFINITY, upper: Number.NEGATIVE_INFINITY };
    for (const block of blocks) {
      improve(table, values, improved, choices, block, bounds);
      await pause();
    }
    [values, improved] = [improved, values];
    width = bounds.upper - bounds.lower;
    // Of large rewards, ten digits are what rounding leaves.
    if (width < tolerance || width < 1e-10 * Math.abs(bounds.lower)) {
      relate(values);
      return { ...bounds, gain: (bounds.lower + bounds.upper) / 2, values, choices, sweeps };
    }
    for (let sweep = 0; hasChoice && sweep < fixedSweeps; sweep += 1) {
      for (const block of blocks) {
        follow(table, values, improved, choices, block);
        await pause();
      }
      [values, improved] = [improved, values];
    }
    relate(values);
  }
  const reached = `${describe(width)} between the bounds`;
  throw new UnsolvedModelError(where, 'bounds', `settle to ${tolerance} in ${maxSweeps} sweeps`, reached);
}

/** States that are swept without a pause. */
interface Block {
  readonly from: number;
  readonly to: number;
}

// A few milliseconds' work each.
const blockTransitions = 200_000;

function blocksOf({ firstChoice, firstFollower }: TransitionTable): Block[] {
  const blocks: Block[] = [];
  const count = firstChoice.length - 1;
  let from = 0;
  for (let state = 0; state < count; state += 1) {
    const work = firstFollower[firstChoice[state + 1]!]! - firstFollower[firstChoice[from]!]!;
    if (work < blockTransitions && state < count - 1) continue;
    blocks.push({ from, to: state + 1 });
    from = state + 1;
  }
  return blocks;
}

function improve(
  table: TransitionTable,
  values: Float64Array,
  improved: Float64Array,
  choices: Int32Array,
  { from, to }: Block,
  bounds: { lower: number; upper: number },
): void {
  const { firstChoice } = table;
  for (let state = from; state < to; state += 1) {
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
    bounds.lower = Math.min(bounds.lower, change);
    bounds.upper = Math.max(bounds.upper, change);
    choices[state] = bestChoice;
    improved[state] = values[state]! + moving * change;
  }
}

function follow(
  table: TransitionTable,
  values: Float64Array,
  improved: Float64Array,
  choices: Int32Array,
  { from, to }: Block,
): void {
  for (let state = from; state < to; state += 1) {
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
