import { type Checkpoints, openCheckpoints } from '../../saving/checkpoints.js';
import { joinParts, type Part } from '../../saving/parts/part.js';
import { type Stateful, statePart } from '../../saving/parts/state-part.js';
import { describeSettings } from '../../saving/settings.js';
import type { Recovery } from '../../training/recovery.js';
import { describeEnvironment } from '../environments/describe-environment.js';
import type { DqnAgent } from './agent/dqn-agent.js';
import type { DqnOptions } from './dqn-options.js';
import type { LoggedDqnOptions } from './logged-options.js';

/** What a run consists of besides its agent. */
interface RunOfDqn {
  readonly work: Stateful<unknown>;
  readonly validator?: Stateful<unknown> | undefined;
  readonly recovery: Recovery;
}

/**
 * Opens the checkpoints of a run in an environment. Its settings are what it was told: defaults that follow from the number of
 * steps do not make a longer run another one.
 */
export function openDqnCheckpoints(
  where: string,
  options: DqnOptions,
  { work, validator, recovery }: RunOfDqn,
): Promise<Checkpoints | undefined> {
  const { agent, environment, validation, checkpoint: _, resume: __, signal: ___, ...told } = options;
  const settings = describeSettings(where, {
    ...told,
    agent: agent.config,
    environment: describeEnvironment(environment),
    ...(validation !== undefined && { validation: describeValidation(validation) }),
  });
  const run = joinParts({
    agent: agentPart(agent),
    work: statePart(work),
    validation: validator && statePart(validator),
    recovery: recovery.part,
  });
  return openCheckpoints(where, { trainer: 'trainDqn', settings }, run, options);
}

/** Opens the checkpoints of a run on a log. */
export function openLoggedCheckpoints(
  where: string,
  options: LoggedDqnOptions,
  { work, recovery }: RunOfDqn,
): Promise<Checkpoints | undefined> {
  const { agent, steps, reportEvery, onNonFinite } = options;
  const settings = describeSettings(where, {
    agent: agent.config,
    stored: agent.stored(),
    steps,
    reportEvery,
    onNonFinite,
  });
  const run = joinParts({ agent: agentPart(agent), work: statePart(work), recovery: recovery.part });
  return openCheckpoints(where, { trainer: 'trainDqn from a log', settings }, run, options);
}

function describeValidation(validation: NonNullable<DqnOptions['validation']>): object | false {
  if (validation === false) return false;
  const { environment, ...rest } = validation;
  return { ...rest, ...(environment && { environment: describeEnvironment(environment) }) };
}

// Values by other routines would differ by rounding: those that were in use are loaded first.
function agentPart(agent: DqnAgent): Part {
  return statePart({
    state: () => agent.state(),
    restore: async (state) => {
      await agent.prepare();
      agent.restore(state);
    },
  });
}
