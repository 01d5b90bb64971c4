import type { NumericArray } from 'minimart';
import type { KeepingOptions } from '../../src/saving/checkpoint-options.js';
import { dqnTrial } from './trials/dqn-trial.js';
import { ganTrial } from './trials/gan-trial.js';
import { qTableTrial } from './trials/q-table-trial.js';
import { recommenderTrial } from './trials/recommender-trial.js';

/** What every trainer is told here: how long, and where it is written down. */
export interface TrialOptions extends KeepingOptions {
  readonly steps: number;
  readonly seed?: number;
  readonly reportEvery?: number;
  readonly signal?: AbortSignal;
}

/** A model that waits to be trained, the same each time. */
export interface Trial {
  train(options: TrialOptions): Promise<{ readonly history: readonly object[] }>;
  /** The same as an iterator. */
  iterate(options: TrialOptions): AsyncGenerator<object, void>;
  /** All numbers that training changes, in order. */
  numbers(): Promise<readonly NumericArray[]>;
  free(): void;
}

/** A row for each trainer that writes checkpoints. */
export const trainers: Readonly<Record<string, () => Trial>> = {
  trainGan: ganTrial,
  trainRecommender: recommenderTrial,
  trainDqn: dqnTrial,
  trainQTable: qTableTrial,
};
