import { type Checkpoints, openCheckpoints } from '../../saving/checkpoints.js';
import { describeData } from '../../saving/describe-run.js';
import { joinParts, type Part } from '../../saving/parts/part.js';
import { statePart } from '../../saving/parts/state-part.js';
import { describeSettings } from '../../saving/settings.js';
import type { Validator } from '../../training/validation.js';
import { learnedPart } from './learned-part.js';
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
    learned: learnedPart(options.model, work.learner),
    work: statePart(work),
    recovery: work.recovery.part,
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
