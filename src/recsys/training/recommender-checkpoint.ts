import type { KeepingOptions } from '../../saving/checkpoint-options.js';
import { type Checkpoints, openCheckpoints, type RunIdentity } from '../../saving/checkpoints.js';
import { describeData } from '../../saving/describe-run.js';
import { joinParts, type Part } from '../../saving/parts/part.js';
import { statePart } from '../../saving/parts/state-part.js';
import { describeSettings } from '../../saving/settings.js';
import type { Validator } from '../../training/validation.js';
import { learnedPart } from './learned-part.js';
import { type AnyTrainingOptions, type ImplicitTrainingOptions, isImplicit } from './recommender-options.js';
import type { RecommenderWork } from './recommender-work.js';

/** Opens the checkpoints of a run of `trainRecommender`. */
export async function openRecommenderCheckpoints(
  where: string,
  options: AnyTrainingOptions,
  work: RecommenderWork,
  validator: Validator | undefined,
): Promise<Checkpoints | undefined> {
  const identity = { trainer: 'trainRecommender', settings: describeSettings(where, await settingsOf(options)) };
  return openRunCheckpoints(
    where,
    identity,
    { learned: learnedPart(options.model, work.learner), work, validator },
    options,
  );
}

/** Opens the checkpoints of a run of any trainer of recommenders, which consists of these parts. */
export function openRunCheckpoints(
  where: string,
  identity: RunIdentity,
  { learned, work, validator }: RunParts,
  options: KeepingOptions,
): Promise<Checkpoints | undefined> {
  const run = joinParts({
    // First: it reads the model, which brings rows up to date that wait.
    validation: validator && statePart(validator),
    learned,
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
  return openCheckpoints(where, identity, settled, options);
}

interface RunParts {
  /** The model, and what its learner remembers. */
  readonly learned: Part;
  readonly work: RecommenderWork;
  readonly validator: Validator | undefined;
}

async function settingsOf(options: AnyTrainingOptions): Promise<Record<string, unknown>> {
  const { model, checkpoint: _, resume: __, signal: ___, ...told } = options;
  const { kind, config, head, tables } = model;
  const sizes = Object.fromEntries(Object.entries(tables).map(([name, { rows, size }]) => [name, [rows, size]]));
  const common = { ...told, model: { kind, config, head, tables: sizes } };
  if (!isImplicit(options)) {
    return { ...common, rows: Object.keys(options.rows), labels: await describeData(options.labels) };
  }
  return { ...common, ...(await settingsOfRows(options)) };
}

/** What a run was told of the rows it learns from and of those it is measured on. */
export async function settingsOfRows({
  interactions,
  validation,
}: Pick<ImplicitTrainingOptions, 'interactions' | 'validation'>): Promise<Record<string, unknown>> {
  const { interactions: held, ...rest } = { interactions: undefined, ...validation };
  return {
    interactions: await describeData(interactions.itemIndices),
    ...(validation && { validation: { ...rest, ...(held && { interactions: held.length }) } }),
  };
}
