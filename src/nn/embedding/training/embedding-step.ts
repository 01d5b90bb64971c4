import type { Objective } from '../engine/network-engine.js';
import type { FeatureColumns } from '../inputs/features.js';
import type { NetworkInputs } from '../inputs/network-inputs.js';
import { createInputPlanner } from '../inputs/plan-inputs.js';
import type { EmbeddingLoss } from '../losses/embedding-loss.js';
import { headLoss } from '../losses/head-loss.js';
import { denseWeightsOf } from '../models/dense-weights.js';
import type { EmbeddingModel } from '../models/embedding-model.js';
import { standingValues } from '../models/movable-table.js';
import { fillFrom, requirePairs } from '../scoring/scores.js';
import { createTrainingEngineSource } from './training-engine.js';

export type {
  EmbeddingBatch,
  EmbeddingStep,
  EmbeddingStepOptions,
  EmbeddingStepState,
} from './embedding-step-types.js';

import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { refuse, requireNonNegative } from '../../../internal/require.js';
import { prepareGradients } from '../engine/open-engine.js';
import { checkRows } from '../inputs/check-columns.js';
import { requireLossValue } from '../losses/check-loss-value.js';
import { requireLoss, requireModel, requireOptimizer } from './check-training.js';
import { denseAdam } from './embedding-optimizer.js';
import type { EmbeddingBatch, EmbeddingStep, EmbeddingStepOptions } from './embedding-step-types.js';
import { updateFinitely } from './finite-updates.js';
import { createUpdater, type ExactUpdaterState, type Updater } from './updater.js';

const optionNames: OptionNames<EmbeddingStepOptions> = { loss: true, optimizer: true, regularization: true, rng: true };

/**
 * Prepares the training of an embedding model, one update at a time.
 *
 * An update touches the rows of the embedding tables that the batch names, and no others; its cost does not depend on the
 * size of the tables. Rows that go on without a gradient, as under {@link denseAdam}, do so when they are named or read. On wasm it runs on the host's own numbers, written out by hand; on other backends, by TensorFlow.js.
 *
 * @param model - Trained in place.
 * @returns The step. The caller disposes it.
 * @throws RangeError when the regularization is below 0, or the model has dropout and there is no `rng`. `update` rejects
 *   with a {@link NonFiniteLossError} when the loss is not finite or an update leaves weights that are not; the model then
 *   has the weights from before that update.
 * @example
 * const features = { user: createVocabulary(['ann', 'bob']), item: createVocabulary(['tea', 'cup', 'pot']) };
 * const model = buildEmbeddingMlp({ features });
 * const step = createEmbeddingStep(model, { optimizer: lazyAdam({ learningRate: 0.01 }) });
 * await step.update({ rows: { user: Int32Array.of(0, 1), item: Int32Array.of(2, 0) }, labels: Float32Array.of(1, 0) });
 * (await step.readLosses()).length; // 1
 * step.dispose();
 */
export function createEmbeddingStep(model: EmbeddingModel, options: EmbeddingStepOptions = {}): EmbeddingStep {
  return openEmbeddingStep(model, options);
}

/** An embedding step that can be written down between two updates without moving a number. */
export interface ExactStep extends EmbeddingStep {
  exactState(): ExactStepState;
  restoreExact(state: ExactStepState): void;
}

/** All that a step remembers, as it stands; its own arrays. */
export interface ExactStepState extends ExactUpdaterState {
  readonly learningRate: number;
}

/**
 * {@link createEmbeddingStep} for trainers.
 *
 * @param isUndone - Whether an update that throws leaves moments and counts as they were too.
 */
export function openEmbeddingStep(
  model: EmbeddingModel,
  options: EmbeddingStepOptions = {},
  { isUndone = false }: { readonly isUndone?: boolean } = {},
): ExactStep {
  requireOptions('createEmbeddingStep', options, optionNames);
  requireModel('createEmbeddingStep', model);
  const { loss = headLoss(model.head), optimizer = denseAdam(), regularization = 0, rng } = options;
  requireLoss('createEmbeddingStep', loss);
  requireOptimizer('createEmbeddingStep', optimizer);
  requireSettings(model, loss, regularization, rng !== undefined);
  const planner = createInputPlanner(model);
  const outputs = model.network.nodes.at(-1)!.size;
  const weights = denseWeightsOf(model.network, model.variables);
  const updater = createUpdater(model, weights, optimizer, regularization);
  const openEngine = createTrainingEngineSource(model, weights, optimizer, updater);
  const plan = (rows: FeatureColumns, count: number): NetworkInputs => {
    if (!loss.isWithinBatch) return planner.rows('update', rows, count, true);
    return planner.grid('update', rows.user as Int32Array, rows.item as Int32Array, true);
  };
  let losses: number[] = [];
  // Losses of minimart's own are tested; one of a user's own may have come by half of it.
  let isChecked = false;
  let learningRate = optimizer.learningRate;
  return {
    get learningRate() {
      return learningRate;
    },
    set learningRate(rate) {
      requireNonNegative('createEmbeddingStep', 'learningRate', rate);
      learningRate = rate;
    },
    update: async (batch) => {
      const opening = openEngine();
      const { engine, fillAt } = opening instanceof Promise ? await opening : opening;
      const waiting = weights.refresh();
      if (waiting) await waiting;
      const gradients = loss.computeOnHost ? undefined : prepareGradients();
      if (gradients) await gradients;
      const count = checkRows('update', model, batch.rows);
      const objective = checkedObjective(loss, batch, count, outputs);
      if (!isChecked) {
        // The check takes longer than a step, and stands between opening an engine and the first step.
        const turn = createPause(0);
        await turn();
        await requireLossValue('createEmbeddingStep', objective, count, outputs);
        await turn();
        isChecked = true;
      }
      const inputs = plan(batch.rows, count);
      updater.prepare(inputs);
      const call = {
        inputs,
        fill: fillFrom(model, inputs, standingValues),
        fillAt: fillAt?.(inputs),
        weights,
        objective,
        rng,
      };
      await engine.learn(call, (learned) => {
        const remember = isUndone ? () => rememberUpdater(updater) : undefined;
        const settings = { optimizer, learningRate, regularization, ...(remember && { remember }) };
        updateFinitely(model, weights, learned, settings, updater.updates() + 1, () => {
          updater.apply(inputs, learned, learningRate);
        });
        losses.push(learned.loss);
      });
    },
    readLosses: async () => {
      const read = Float32Array.from(losses);
      losses = [];
      return read;
    },
    state: () => ({ updates: updater.updates(), learningRate, moments: updater.moments() }),
    restore: (state) => {
      updater.restore(state);
      learningRate = state.learningRate;
    },
    exactState: () => ({ ...updater.exactState(), learningRate }),
    restoreExact: (state) => {
      updater.restoreExact(state);
      learningRate = state.learningRate;
    },
    dispose: () => updater.dispose(),
  };
}

function rememberUpdater(updater: Updater): () => void {
  const state = structuredClone(updater.exactState());
  return () => updater.restoreExact(state);
}

function requireSettings(model: EmbeddingModel, loss: EmbeddingLoss, regularization: number, hasRng: boolean): void {
  const where = 'createEmbeddingStep';
  requireNonNegative(where, 'regularization', regularization);
  const hasDropout = model.network.nodes.some((node) => node.op === 'dense' && node.dropout > 0);
  if (loss.isWithinBatch) requirePairs(where, model);
  if (hasDropout && !hasRng) refuse(where, 'rng', 'be given: the model has dropout', undefined);
}

function checkedObjective(loss: EmbeddingLoss, batch: EmbeddingBatch, count: number, outputs: number): Objective {
  const { rows, labels, weights, groupSize = 1 } = batch;
  if (!(labels instanceof Float32Array && labels.length === count)) {
    refuse('update', 'labels', `be a Float32Array of ${count} numbers`, labels?.length);
  }
  if (weights !== undefined && !(weights instanceof Float32Array && weights.length === count)) {
    refuse('update', 'weights', `be a Float32Array of ${count} numbers`, weights?.length);
  }
  if (!(Number.isInteger(groupSize) && groupSize >= (loss.isGrouped ? 2 : 1) && count % groupSize === 0)) {
    const least = loss.isGrouped ? 'of at least 2 that divides' : 'that divides';
    refuse(
      'update',
      'groupSize',
      `be a whole number ${least} the ${count} rows for the loss '${loss.name}'`,
      groupSize,
    );
  }
  // Several outputs of a row stand side by side as the logits of a group do; such models take no groups.
  const columns = outputs > 1 ? outputs : groupSize;
  return { loss, labels, groupSize: loss.isWithinBatch ? count : columns, rows, ...(weights && { weights }) };
}
