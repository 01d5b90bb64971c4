import type { SasRecModel } from '../../../nn/sequences/sas-rec-model.js';
import type { Checkpoints } from '../../../saving/checkpoints.js';
import { describeSettings } from '../../../saving/settings.js';
import { createRunCopy, type RunCopy } from '../../../training/run-copy.js';
import type { Validator } from '../../../training/validation.js';
import type { AnyLearner } from '../learners/step-learner.js';
import { openRunCheckpoints, settingsOfRows } from '../recommender-checkpoint.js';
import type { RecommenderWork } from '../recommender-work.js';
import { negativesOf, type SasRecTrainingOptions } from './sas-rec-options.js';
import { learnedSequences } from './sequence-learner.js';

/** Opens the checkpoints of a run. */
export async function openSasRecCheckpoints(
  where: string,
  options: SasRecTrainingOptions,
  work: RecommenderWork,
  validator: Validator | undefined,
): Promise<Checkpoints | undefined> {
  const { model, checkpoint: _, resume: __, signal: ___, onProgress: ____, ...told } = options;
  const settings = describeSettings(where, {
    ...told,
    negatives: negativesOf(options),
    model: { ...model.config, items: model.items.size },
    ...(await settingsOfRows(options)),
  });
  const learned = learnedSequences(model, work.learner);
  return openRunCheckpoints(where, { trainer: 'trainSasRec', settings }, { learned, work, validator }, options);
}

/** The copy of it that a run goes back to. */
export function sasRecCopy(where: string, model: SasRecModel, learner: AnyLearner): RunCopy {
  return createRunCopy(where, { model: learnedSequences(model, learner) });
}
