import type { RecommenderReport, RecommenderTrainingOptions } from './recommender-options.js';
import { runRecommender } from './run-recommender.js';

/**
 * Trains a recommender step by step: an async iterator that updates the model, yields a report, and goes on when it is
 * asked for the next. The model is whole and usable at every report; leave the loop to stop.
 *
 * {@link trainRecommender} is a loop over this.
 *
 * @param options - See {@link ImplicitTrainingOptions} and {@link LabelledTrainingOptions}.
 * @returns The iterator; it yields every `reportEvery` steps and after the last.
 * @throws RangeError for options or data that do not fit, before any work; {@link NonFiniteLossError} when the loss
 *   stops being a number; the reason of `signal`.
 * @example
 * for await (const { step, loss } of recommenderSteps({ model, interactions, steps: 20, reportEvery: 10 })) {
 *   console.log(step, loss);
 * }
 */
export function recommenderSteps(options: RecommenderTrainingOptions): AsyncGenerator<RecommenderReport, void> {
  return runRecommender('recommenderSteps', options);
}
