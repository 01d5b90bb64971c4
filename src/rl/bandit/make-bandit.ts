import { refuse } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import { type Bandit, type BanditChoice, type BanditOutcome, legalActions, requireOutcome } from './bandit.js';

/** What one kind of bandit adds to the rest. */
export interface BanditParts {
  readonly name: string;
  readonly actions: number;
  readonly rng: Rng;
  /** All that is known, by name. */
  readonly numbers: Readonly<Record<string, Float64Array>>;
  /** Whether a saved number can be one of these; each is finite. All can where missing. */
  requireNumber?(name: string, value: number): boolean;
  /** Writes the probability of each legal action into `out`, which is 0 elsewhere. Draws come from `rng`. */
  distribute(legal: readonly number[], options: BanditChoice, out: Float64Array, rng: Rng): void;
  learn(outcome: BanditOutcome): void;
}

/** Puts a bandit together: it chooses by the very probabilities that it reports. */
export function makeBandit({ name, actions, rng, numbers, requireNumber, distribute, learn }: BanditParts): Bandit {
  const probabilities = (options: BanditChoice = {}): Float64Array => {
    const out = new Float64Array(actions);
    distribute(legalActions('choose', actions, options), options, out, rng);
    return out;
  };
  return {
    name,
    actions,
    probabilities: (options) => {
      const saved = rng.state();
      const out = probabilities(options);
      rng.restore(saved);
      return out;
    },
    choose: (options) => {
      const chances = probabilities(options);
      const action = drawn(chances, rng.uniform());
      return { action, propensity: chances[action]! };
    },
    update: (outcome) => {
      requireOutcome('update', outcome, actions);
      learn(outcome);
    },
    state: () => ({
      name,
      numbers: Object.fromEntries(Object.entries(numbers).map(([key, values]) => [key, [...values]])),
      rng: rng.state(),
    }),
    restore: (state) => {
      if (state?.name !== name) refuse('restore', 'state', `come from ${name}`, state?.name ?? state);
      for (const [key, values] of Object.entries(numbers)) {
        requireSaved(key, state.numbers?.[key], values.length, (value) => requireNumber?.(key, value) ?? true);
      }
      // It throws before anything is changed.
      rng.restore(state.rng);
      for (const [key, values] of Object.entries(numbers)) values.set(state.numbers[key]!);
    },
  };
}

function requireSaved(
  key: string,
  saved: readonly number[] | undefined,
  length: number,
  isPossible: (value: number) => boolean,
): void {
  if (saved?.length !== length) refuse('restore', `state.numbers.${key}`, `hold ${length} numbers`, saved?.length);
  const bad = Array.from(saved).findIndex((value) => !(Number.isFinite(value) && isPossible(value)));
  if (bad >= 0) refuse('restore', `state.numbers.${key}[${bad}]`, 'be a number that a bandit could hold', saved[bad]);
}

/** Gives all but `epsilon` of the probability to the best, equals alike, and spreads the rest over all legal actions. */
export function mostlyBest(
  legal: readonly number[],
  score: (action: number) => number,
  epsilon: number,
  out: Float64Array,
): void {
  const scores = legal.map(score);
  const most = scores.reduce((best, each) => Math.max(best, each), Number.NEGATIVE_INFINITY);
  const best = legal.filter((_, index) => scores[index] === most);
  for (const action of legal) out[action]! += epsilon / legal.length;
  for (const action of best) out[action]! += (1 - epsilon) / best.length;
}

function drawn(chances: Float64Array, uniform: number): number {
  let [sum, last] = [0, 0];
  for (let action = 0; action < chances.length; action += 1) {
    if (chances[action] === 0) continue;
    last = action;
    sum += chances[action]!;
    if (uniform < sum) return action;
  }
  // Rounding may leave the sum a little below 1.
  return last;
}
