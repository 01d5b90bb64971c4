import { refuse } from '../../internal/require.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { standingValues } from '../../nn/embedding/models/movable-table.js';
import { type Checkpoints, openCheckpoints } from '../../saving/checkpoints.js';
import { describeData } from '../../saving/describe-run.js';
import { joinParts, type Part } from '../../saving/parts/part.js';
import { variablesPart } from '../../saving/parts/parts.js';
import { statePart } from '../../saving/parts/state-part.js';
import { describeSettings } from '../../saving/settings.js';
import type { Validator } from '../../training/validation.js';
import { type AnyTrainingOptions, isImplicit } from './recommender-options.js';
import type { RecommenderWork } from './recommender-work.js';

/** Opens the checkpoints of a run. */
export async function openRecommenderCheckpoints(
  where: string,
  options: AnyTrainingOptions,
  work: RecommenderWork,
  validator: Validator | undefined,
): Promise<Checkpoints | undefined> {
  const run = joinParts({
    // First: it reads the model, which brings rows up to date that wait.
    validation: validator && statePart(validator),
    weights: variablesPart(options.model.variables),
    tables: statePart(tablesOf(options.model)),
    learner: statePart(work.learner),
    work: statePart(work),
  });
  const settled: Part = {
    ...run,
    save: async () => {
      await work.settle();
      return run.save();
    },
  };
  const settings = describeSettings(where, await settingsOf(options));
  return openCheckpoints(where, { trainer: 'trainRecommender', settings }, settled, options);
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

async function settingsOf(options: AnyTrainingOptions): Promise<Record<string, unknown>> {
  const { model, checkpoint: _, resume: __, signal: ___, ...told } = options;
  const { kind, config, head, tables } = model;
  const sizes = Object.fromEntries(Object.entries(tables).map(([name, { rows, size }]) => [name, [rows, size]]));
  const common = { ...told, model: { kind, config, head, tables: sizes } };
  if (!isImplicit(options)) {
    return { ...common, rows: Object.keys(options.rows), labels: await describeData(options.labels) };
  }
  const { interactions, validation } = options;
  const { interactions: held, ...rest } = { interactions: undefined, ...validation };
  return {
    ...common,
    interactions: await describeData(interactions.itemIndices),
    ...(validation && { validation: { ...rest, ...(held && { interactions: held.length }) } }),
  };
}
