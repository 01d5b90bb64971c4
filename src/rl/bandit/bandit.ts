import { type OptionNames, requireGivenOptions, requireOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireIndex } from '../../internal/require.js';
import type { RngState } from '../../random/rng.js';
import { requireMask } from '../environments/environment-door.js';

/** Chooses one of a few actions again and again, and learns from what each earned: what to show, recommend or offer. */
export interface Bandit {
  /** Which kind it is of. */
  readonly name: string;
  /** Actions there are. */
  readonly actions: number;
  /**
   * Chooses, and says which chance the choice had: log both, and {@link evaluateOffPolicy} can judge others by them. Throws a
   * RangeError where nothing can be chosen.
   */
  choose(options?: {
    /** `[D]`: what is known about the customer and the moment; only {@link linUcbBandit} looks at it. */
    readonly context?: ArrayLike<number>;
    /** `[A]`: 1 where an action can be chosen now, such as what is in stock. All can where missing. */
    readonly mask?: ArrayLike<number>;
  }): {
    /** In [0, A). */
    readonly action: number;
    /** The probability with which this action was chosen now, in (0, 1]. */
    readonly propensity: number;
  };
  /** The probability `[A]` of each action if it were to choose now; nothing moves. */
  probabilities(options?: Parameters<Bandit['choose']>[0]): Float64Array;
  /** Learns. Outcomes may come late and in any order. */
  update(outcome: {
    /** What was done. */
    readonly action: number;
    /** What it earned. */
    readonly reward: number;
    /** `[D]`: the context of the choice; only {@link linUcbBandit} looks at it. */
    readonly context?: ArrayLike<number>;
  }): void;
  /** A copy of all it knows. */
  state(): {
    /** Which kind it is of. */
    readonly name: string;
    /** Its numbers, in lists by their names. */
    readonly numbers: Readonly<Record<string, readonly number[]>>;
    /** Where its random numbers stand. */
    readonly rng: RngState;
  };
  /** Puts it where a state was taken from one of the same config. */
  restore(state: ReturnType<Bandit['state']>): void;
}

/** What came of a choice. */
export type BanditOutcome = Parameters<Bandit['update']>[0];

const outcomeNames: OptionNames<BanditOutcome> = { action: true, reward: true, context: true };
/** What a choice goes by. */
export type BanditChoice = NonNullable<Parameters<Bandit['choose']>[0]>;

const chooseNames: OptionNames<BanditChoice> = { context: true, mask: true };

/** Refuses an outcome that cannot be. */
export function requireOutcome(where: string, outcome: BanditOutcome, actions: number): void {
  requireGivenOptions(where, outcome, outcomeNames, 'outcome');
  const { action, reward } = outcome;
  requireIndex(where, 'action', action, actions);
  requireFinite(where, 'reward', reward);
}

/** The actions that can be chosen. */
export function legalActions(where: string, actions: number, options: BanditChoice): number[] {
  requireOptions(where, options, chooseNames);
  const { mask } = options;
  if (mask !== undefined) requireMask(where, 'mask', mask, actions);
  const legal = Array.from({ length: actions }, (_, action) => action).filter((action) => !mask || mask[action]);
  if (legal.length === 0) refuse(where, 'mask', 'leave an action to choose', Array.from(mask ?? []));
  return legal;
}
