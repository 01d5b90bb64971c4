import { requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireGivenFunction,
  requireNumbers,
  requirePositiveInteger,
  requireSeed,
} from '../../internal/require.js';
import type { Environment, EnvironmentReset, EnvironmentStep } from './environment.js';

/** What a reset may be given. */
export type ResetOptions = NonNullable<Parameters<Environment['reset']>[0]>;

/** Refuses what is no environment: functions that are missing, spaces that are missing or do not fit. */
export function requireEnvironment(
  where: string,
  environment: unknown,
  name = 'environment',
): asserts environment is Environment {
  if (typeof environment !== 'object' || environment === null)
    refuse(where, name, 'be an environment, such as inventoryEnvironment() makes', environment);
  const { reset, step, observationSpace, actionSpace } = environment as Partial<Environment>;
  requireGivenFunction(where, `${name}.reset`, reset);
  requireGivenFunction(where, `${name}.step`, step);
  requirePositiveInteger(where, `${name}.actionSpace.size`, actionSpace?.size);
  const { low, high } = observationSpace ?? {};
  requirePositiveInteger(where, `${name}.observationSpace.low.length`, low?.length);
  if (high?.length !== low?.length) {
    refuse(where, `${name}.observationSpace.high`, `have ${low?.length} numbers, as \`low\``, high?.length);
  }
}

/**
 * The environment of a stranger, with every answer looked at before it is believed: what is missing, no number, of the
 * wrong length, without a legal action or a promise is refused by its name.
 */
export function checkedEnvironment(where: string, environment: Environment, name = 'environment'): Environment {
  requireEnvironment(where, environment, name);
  const { resetAnywhere, legalActions, state, restore } = environment;
  const begin = (call: string, answer: EnvironmentReset) =>
    shown(where, `${name}.${call}()`, environment, answer, false) as EnvironmentReset;
  return {
    name: environment.name,
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    reset: (options: ResetOptions = {}) => begin('reset', environment.reset(options)),
    step: (action) => {
      const answer = environment.step(action);
      requireStep(where, `${name}.step()`, answer);
      return shown(where, `${name}.step()`, environment, answer, answer.terminated || answer.truncated);
    },
    ...(resetAnywhere && {
      resetAnywhere: (options: ResetOptions = {}) =>
        begin('resetAnywhere', environment.resetAnywhere?.(options) as EnvironmentReset),
    }),
    ...(legalActions && {
      legalActions: (observation: ArrayLike<number>) => environment.legalActions?.(observation) as Uint8Array,
    }),
    ...(state && { state: () => environment.state!() }),
    ...(restore && { restore: (saved: unknown) => environment.restore!(saved) }),
  };
}

function requireStep(where: string, call: string, answer: EnvironmentStep): void {
  requireAnswer(where, call, answer);
  const { reward, terminated, truncated } = answer;
  const named = `in the answer of \`${call}\``;
  if (!Number.isFinite(reward)) refuse(where, 'reward', `be a finite number ${named}`, reward);
  if (typeof terminated !== 'boolean') refuse(where, 'terminated', `be true or false ${named}`, terminated);
  if (typeof truncated !== 'boolean') refuse(where, 'truncated', `be true or false ${named}`, truncated);
}

function requireAnswer(where: string, name: string, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) refuse(where, name, 'answer with an object', answer);
  if (typeof (answer as Partial<PromiseLike<unknown>>).then === 'function') {
    refuse(where, name, 'answer at once, not by a promise', answer);
  }
}

function shown<Answer extends EnvironmentReset>(
  where: string,
  name: string,
  { observationSpace, actionSpace }: Environment,
  answer: Answer,
  isOver: boolean,
): Answer {
  requireAnswer(where, name, answer);
  const { observation, actionMask } = answer;
  requireNumbers(where, `${name}.observation`, observation, observationSpace.low.length);
  if (actionMask !== undefined) requireAnyLegal(where, `${name}.actionMask`, actionMask, actionSpace.size, isOver);
  if (observation instanceof Float32Array && (actionMask === undefined || actionMask instanceof Uint8Array))
    return answer;
  return {
    ...answer,
    observation: Float32Array.from(observation),
    ...(actionMask && { actionMask: Uint8Array.from(actionMask) }),
  };
}

/** Refuses a mask of another length, and one with other entries than 0 and 1, which `true` and `false` count as. */
export function requireMask(where: string, name: string, mask: ArrayLike<unknown>, size: number): void {
  if (mask?.length !== size) refuse(where, name, `hold ${size} numbers, one for each action`, mask?.length ?? mask);
  for (let action = 0; action < size; action += 1) {
    const legal = mask[action];
    if (legal !== 0 && legal !== 1 && typeof legal !== 'boolean')
      refuse(where, `${name}[${action}]`, 'be 0 or 1', legal);
  }
}

function requireAnyLegal(where: string, name: string, mask: Uint8Array, size: number, isOver: boolean): void {
  requireMask(where, name, mask, size);
  if (isOver) return;
  for (let action = 0; action < size; action += 1) if (mask[action]) return;
  refuse(where, name, 'leave a legal action', mask);
}

/** The seed that a reset was given, checked; undefined where there was none. */
export function resetSeed(where: string, options: ResetOptions | undefined): number | undefined {
  requireOptions(where, options, { seed: true });
  requireSeed(where, options?.seed);
  return options?.seed;
}
