import { refuse } from '../../internal/require.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { standingValues } from '../../nn/embedding/models/movable-table.js';
import { joinParts, type Part } from '../../saving/parts/part.js';
import { variablesPart } from '../../saving/parts/parts.js';
import { statePart } from '../../saving/parts/state-part.js';
import { createRunCopy, type RunCopy } from '../../training/run-copy.js';
import type { AnyLearner } from './learners/step-learner.js';

/** A model in training, and what its learner remembers. */
export function learnedPart(model: EmbeddingModel, learner: AnyLearner): Part {
  const learned = joinParts({
    weights: variablesPart(model.variables),
    tables: statePart(tablesOf(model)),
    learner: statePart(learner),
  });
  return {
    ...learned,
    save: async () => {
      await learner.settle();
      return learned.save();
    },
  };
}

/** The copy of it that a run goes back to. */
export function learnedCopy(where: string, model: EmbeddingModel, learner: AnyLearner): RunCopy {
  return createRunCopy(where, { model: learnedPart(model, learner) });
}

// As they stand: to bring rows up to date that wait would change what comes after.
function tablesOf({ tables }: EmbeddingModel) {
  return {
    state: () => Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, standingValues(table)])),
    restore: (saved: Readonly<Record<string, Float32Array>>) => {
      for (const [name, table] of Object.entries(tables)) {
        const own = standingValues(table);
        const given = saved?.[name];
        if (!(given instanceof Float32Array && given.length === own.length)) {
          refuse('restore', `state.${name}`, `be a Float32Array of ${own.length} numbers`, given);
        }
      }
      for (const [name, table] of Object.entries(tables)) standingValues(table).set(saved[name]!);
    },
  };
}
