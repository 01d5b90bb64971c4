import type { Rng } from '../../../random/rng.js';
import type { FeatureColumns } from '../inputs/features.js';
import type { NetworkInputs } from '../inputs/network-inputs.js';
import type { EmbeddingLoss } from '../losses/embedding-loss.js';
import type { DenseWeights } from '../models/dense-weights.js';

/** Writes the block of the leaf at a place among the nodes. */
export type FillLeaf = (place: number, out: Float32Array) => void;

/** Does the same to an address in the engine's memory, where it can; returns whether it could. */
export type FillLeafAt = (place: number, address: number) => boolean;

/** What a network computes from. */
export interface NetworkCall {
  readonly inputs: NetworkInputs;
  readonly fill: FillLeaf;
  /** For an engine whose memory holds the tables. */
  readonly fillAt?: FillLeafAt;
  readonly weights: DenseWeights;
}

/** What training makes small. */
export interface Objective {
  readonly loss: EmbeddingLoss;
  /** `[N]`. */
  readonly labels: Float32Array;
  /** `[N]`. */
  readonly weights?: Float32Array;
  readonly groupSize: number;
  readonly rows: FeatureColumns;
}

/** What one pass forth and back finds. The arrays are the engine's and are valid during the call only. */
export interface Learned {
  readonly loss: number;
  /** By the places of leaves with a table. */
  readonly leafGradients: readonly (Float32Array | undefined)[];
  /** As `weights.flat`. */
  readonly weightGradient: Float32Array;
}

/** Training's part of a call. */
export interface LearnCall extends NetworkCall {
  readonly objective: Objective;
  /** Where dropout masks come from. */
  readonly rng: Rng | undefined;
}

/** Something that runs networks forth and back. */
export interface NetworkEngine {
  /** The block of the node at a place, with one row for each of its domain: the last node's are the outputs. */
  block(call: NetworkCall, place: number): Promise<Float32Array>;
  /** Output, loss and gradients; hands them to `use`, which must be done with them when it returns. */
  learn(call: LearnCall, use: (learned: Learned) => void): Promise<void>;
}
