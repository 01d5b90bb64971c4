import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RngState } from '../../../random/rng.js';
import type { InstantPolicy } from '../../acting/policy.js';
import type { ReplayState } from '../../replay/create-replay.js';
import type { ReplayBatch } from '../../replay/transition-store.js';
import type { Transition } from '../learning/n-step-window.js';
import type { SeenRange } from '../learning/scaling.js';
import type { DqnConfig } from './dqn-config.js';

/** All that an agent is, for going on exactly where it stood: plain numbers and typed arrays. */
export interface DqnState {
  /** Online and target network and Adam's moments, one behind the other. */
  readonly network: Float32Array;
  /** Updates done. */
  readonly updates: number;
  /** How observations and rewards are scaled. */
  readonly scaling: {
    /** `[D]`: mean of each number of an observation. */
    readonly center: Float32Array;
    /** `[D]`: its standard deviation; 1 where it never changed. */
    readonly spread: Float32Array;
    /** What values and rewards are divided by. */
    readonly reward: number;
    /** The value that the network's 0 stands for: values are centred by it. */
    readonly baseline: number;
  };
  /** The range of what was learned from; missing before learning, and where weights came from elsewhere. */
  readonly range?: SeenRange;
  /** Transitions that this was taken from; 0 before learning has begun. */
  readonly scaledAt: number;
  /** Whether an action was ever illegal. */
  readonly isMasked: boolean;
  /** What is stored. */
  readonly columns: Omit<ReplayBatch, 'places' | 'weights'>;
  /** How it is drawn. */
  readonly replay: ReplayState;
  /** Whether weights came from elsewhere, and keep the units of what they give. Default `false`. */
  readonly isAdopted?: boolean;
  /** Steps whose rewards are not summed yet, the oldest first, where `nStep` is above 1. Default none. */
  readonly window?: readonly Transition[];
  /** Streams of exploration and draws. */
  readonly streams: readonly [RngState, RngState];
}

/** An agent that learns what actions are worth. Made by {@link createDqn}. */
export interface DqnAgent {
  /** What it was made of, defaults filled in. */
  readonly config: DqnConfig;
  /**
   * Chooses an action in [0, A), at once: the best legal one, or with the chance `explore` any legal one. An observation
   * outside what was learned from is answered like the nearest inside. Throws a RangeError where none is legal, the
   * observation does not fit, or actions were illegal in training and nothing says which are now.
   */
  act(
    observation: ArrayLike<number>,
    options?: {
      /**
       * `[A]`: 1 where an action is legal now. Where missing, all are that {@link DqnAgent.limitTo} leaves; with both an
       * action must be legal by both.
       */
      readonly mask?: ArrayLike<number>;
      /** Chance of any legal action instead of the best one, in [0, 1]. Default 0. */
      readonly explore?: number;
    },
  ): number;
  /**
   * Keeps to what this says is legal from now on, whether or not a mask is given: trainDqn hands over the environment's
   * {@link Environment.legalActions}. A function is not part of `state()`: give it again after `restore`. Without an
   * argument the limit is lifted.
   */
  limitTo(legalActions?: (observation: ArrayLike<number>) => ArrayLike<number>): void;
  /** The same without exploration, for {@link certifyPolicy} and {@link evaluatePolicy}; it follows the agent's learning. */
  readonly policy: InstantPolicy;
  /**
   * `[A]`: what each action is worth, in the units of rewards, illegal ones included. A fresh array. An observation outside
   * what was learned from is valued like the nearest inside, which the network of `toModel` does not do.
   */
  values(observation: ArrayLike<number>): Float32Array;
  /** Stores what happened. Throws a RangeError for numbers that are not finite and actions out of range or illegal. */
  observe(transition: Transition): void;
  /** Tells that what is observed next does not follow from the last transition. */
  interrupt(): void;
  /** Transitions stored. */
  stored(): number;
  /** Updates done. */
  updates(): number;
  /** Learns from what is stored. Rejects with a RangeError while that is less than a batch. */
  learn(options?: {
    /** How many updates. Default 1 where `budgetMs` is missing. */
    readonly updates?: number;
    /** Updates until so many milliseconds have passed, at least one. Default: `updates` decides. */
    readonly budgetMs?: number;
  }): Promise<{
    /** Updates of this call. */
    readonly updates: number;
    /** Mean loss of its batches before each update, in the units of the network (rewards over their deviation). */
    readonly loss: number;
    /** Mean predicted value of the actions in them, in the units of rewards. */
    readonly meanQ: number;
  }>;
  /** The online network's weights, layer by layer: kernel, bias; as in {@link DqnAgent.toModel}. */
  weights(): Float32Array;
  /**
   * Gives online and target network these weights, and the agent the `range` that they were learned from; without one it
   * keeps its own.
   */
  setWeights(weights: Float32Array, range?: SeenRange): void;
  /** A copy of the range of what was learned from so far; nothing before learning, and where weights came from elsewhere. */
  range(): SeenRange | undefined;
  /**
   * The network as a plain LayersModel on the active backend, from observations `[B, D]` as they come to values `[B, A]`
   * in the units of rewards: a copy of what is known now. The caller disposes it.
   */
  toModel(): LayersModel;
  /** Takes over the weights of such a model, of the same layers. */
  fromModel(model: LayersModel): Promise<void>;
  /** A copy of all that the agent is. */
  state(): DqnState;
  /**
   * Loads the fastest routines that the host has; `learn` and trainers do it by themselves. Values that are asked for before
   * and after differ by rounding.
   */
  prepare(): Promise<void>;
  /** Puts the agent where a state was taken from one of the same config. */
  restore(state: DqnState): void;
}

/** Says which actions are legal where this is observed, `[A]`: 1 where one is. */
export type LegalActions = NonNullable<Parameters<DqnAgent['limitTo']>[0]>;
/** Options of {@link DqnAgent.act}. */
export type ActOptions = NonNullable<Parameters<DqnAgent['act']>[1]>;
/** Options of {@link DqnAgent.learn}. */
export type LearnOptions = NonNullable<Parameters<DqnAgent['learn']>[0]>;
/** What a call of {@link DqnAgent.learn} did. */
export type LearnReport = Awaited<ReturnType<DqnAgent['learn']>>;
