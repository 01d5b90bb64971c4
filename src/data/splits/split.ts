import type { Interactions } from '../interactions.js';

/** Interactions in two parts, each with the vocabularies of the whole. */
export interface InteractionSplit {
  /** What a model may learn from. */
  readonly train: Interactions;
  /** What it is judged by. */
  readonly test: Interactions;
}
