import { NonFiniteLossError } from '../../../internal/non-finite-loss-error.js';
import { createPause } from '../../../internal/pause.js';
import { piecemeal } from '../../../internal/pieces.js';
import { requireArray } from '../../../internal/require.js';
import { standingValues } from '../../../nn/embedding/models/movable-table.js';
import type { SasRecModel } from '../../../nn/sequences/sas-rec-model.js';
import type { SequenceBatch, SequenceStep } from '../../../nn/sequences/training/sequence-step.js';
import type { SequenceUpdatesState } from '../../../nn/sequences/training/sequence-updates.js';
import type { Rng } from '../../../random/rng.js';
import { joinParts, type Part } from '../../../saving/parts/part.js';
import { statePart } from '../../../saving/parts/state-part.js';
import type { AnyLearner, Learner } from '../learners/step-learner.js';

/** A learner that updates a model with one batch of sequences after another. */
export function sequenceLearner(where: string, step: SequenceStep, dropout: Rng): Learner<SequenceBatch> {
  let losses: number[] = [];
  const pause = createPause();
  return {
    learn: async (batch, at) => {
      try {
        losses.push(await piecemeal(step.update(batch, dropout.uint32()), pause));
      } catch (error) {
        if (!(error instanceof NonFiniteLossError)) throw error;
        throw new NonFiniteLossError(where, error.network, at, error.value, error.what, error.layer);
      }
    },
    size: ({ targets }) => targets.length,
    readLosses: async () => {
      const read = losses;
      losses = [];
      return read;
    },
    settle: async () => undefined,
    state: () => step.state(),
    restore: (state) => step.restore(state as SequenceUpdatesState),
    dispose: () => step.dispose(),
  };
}

/** A model in training, and what its learner remembers. */
export function learnedSequences(model: SasRecModel, learner: AnyLearner): Part {
  return joinParts({ model: statePart(weightsOf(model)), learner: statePart(learner) });
}

// As they stand: to bring rows up to date that wait would change what comes after.
function weightsOf({ table, parameters }: SasRecModel) {
  return {
    state: () => ({ items: standingValues(table), parameters }),
    restore: (saved: { readonly items: Float32Array; readonly parameters: Float32Array }) => {
      const own = standingValues(table);
      requireArray('restore', 'state.items', saved?.items, Float32Array, own.length);
      requireArray('restore', 'state.parameters', saved.parameters, Float32Array, parameters.length);
      own.set(saved.items);
      parameters.set(saved.parameters);
    },
  };
}
