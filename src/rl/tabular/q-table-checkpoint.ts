import { type Checkpoints, openCheckpoints } from '../../saving/checkpoints.js';
import { type Stateful, statePart } from '../../saving/parts/state-part.js';
import { describeSettings } from '../../saving/settings.js';
import { describeEnvironment } from '../environments/describe-environment.js';
import type { TrainQTableOptions } from './train-q-table-options.js';

/** Opens the checkpoints of a run. Its settings are what it was told, so that a longer run is not another one. */
export function openQTableCheckpoints(
  where: string,
  options: TrainQTableOptions,
  work: Stateful<unknown>,
): Promise<Checkpoints | undefined> {
  const { environment, checkpoint: _, resume: __, signal: ___, onProgress: ____, ...told } = options;
  const settings = describeSettings(where, { ...told, environment: describeEnvironment(environment) });
  return openCheckpoints(where, { trainer: 'trainQTable', settings }, statePart(work), options);
}
