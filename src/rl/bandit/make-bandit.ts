import { refuse } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import { type Bandit, type BanditOutcome, type ChooseOptions, legalActions, requireOutcome } from './bandit.js';

/** What one kind of bandit adds to the rest. */
export interface BanditParts {
  readonly name: string;
  readonly actions: number;
  readonly rng: Rng;
  /** All that is known, by name. */
  readonly numbers: Readonly<Record<string, Float64Array>>;
  /** Writes the probability of each legal action into `out`, which is 0 elsewhere. Draws come from `rng`. */
  distribute(legal: readonly number[], options: ChooseOptions, out: Float64Array, rng: Rng): void;
  learn(outcome: BanditOutcome): void;
}

/** Puts a bandit together: it chooses by the very probabilities that it reports. */
export function makeBandit({ name, actions, rng, numbers, distribute, learn }: BanditParts): Bandit {
  const probabilities = (options: ChooseOptions = {}): Float64Array => {
    const out = new Float64Array(actions);
    distribute(legalActions('choose', actions, options.mask), options, out, rng);
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
      if (state?.name !== name) refuse('restore', 'state', `come from ${name}`, state?.name);
      for (const [key, values] of Object.entries(numbers)) {
        const saved = state.numbers[key];
        if (saved?.length !== values.length) {
          refuse('restore', `state.numbers.${key}`, `hold ${values.length} numbers`, saved?.length);
        }
      }
      for (const [key, values] of Object.entries(numbers)) values.set(state.numbers[key]!);
      rng.restore(state.rng);
    },
  };
}

/** Gives `share` of the probability to the best and spreads the rest over all legal actions. */
export function mostlyBest(legal: readonly number[], best: number, epsilon: number, out: Float64Array): void {
  for (const action of legal) out[action]! += epsilon / legal.length;
  out[best]! += 1 - epsilon;
}

/** The legal action with the highest score, the first of equals. */
export function highest(legal: readonly number[], score: (action: number) => number): number {
  let [best, most] = [legal[0]!, Number.NEGATIVE_INFINITY];
  for (const action of legal) {
    const each = score(action);
    if (each > most) [best, most] = [action, each];
  }
  return best;
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
