import { requireOptions } from '../../internal/options.js';
import { refuse, requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import type { Environment, EnvironmentReset, EnvironmentStep } from './environment.js';
import { anyLegal, type Walk, walkAtRandom } from './environment-walk.js';

/**
 * Looks for mistakes in an environment by acting at random in it: wrong shapes, numbers that are none, observations
 * outside their space, masks that are missing or false, steps that do not repeat under a seed, observations that
 * change after they were handed out, and steps that go on after the end of an episode or take actions that do not exist.
 *
 * @param environment - Left in the middle of an episode.
 * @returns What is wrong, a sentence for each kind of mistake; an empty list when nothing was found.
 * @throws RangeError when `steps` is no positive integer or `environment` no object.
 * @example
 * checkEnvironment(inventoryEnvironment({ demand: poissonDemand(5), holding: 1, penalty: 4 })); // []
 */
export function checkEnvironment(
  environment: Environment,
  options: {
    /** Random steps to take, >= 1. Default 1000. */
    readonly steps?: number;
    /** Fixes the steps; any safe integer. Default 0. */
    readonly seed?: number;
  } = {},
): string[] {
  requireOptions('checkEnvironment', options, { steps: true, seed: true });
  const { steps = 1000, seed = 0 } = options;
  requirePositiveInteger('checkEnvironment', 'steps', steps);
  requireSeed('checkEnvironment', seed);
  if (typeof environment !== 'object' || environment === null) {
    refuse('checkEnvironment', 'environment', 'be an environment, such as inventoryEnvironment() makes', environment);
  }
  const spaces = spaceFaults(environment);
  if (spaces.length > 0) return spaces;
  const walk = walkAtRandom(environment, steps, seed);
  const found = new Set(walk.faults);
  // One that throws where it must not cannot be asked further.
  if (walk.threw) return [...found];
  return [...found, ...repeatFaults(environment, walk, steps, seed), ...refusalFaults(environment)];
}

function spaceFaults({ observationSpace, actionSpace, reset, step }: Environment): string[] {
  const faults: string[] = [];
  if (typeof reset !== 'function') faults.push('there is no function `reset`');
  if (typeof step !== 'function') faults.push('there is no function `step`');
  if (!(Number.isSafeInteger(actionSpace?.size) && actionSpace.size > 0)) faults.push('the action space has no size');
  const { low, high } = observationSpace ?? {};
  if (!low || !high || low.length === 0 || low.length !== high.length) {
    faults.push('the observation space has no bounds, or not as many lowest as highest values');
  } else if (Array.from(low).some((value, place) => !(value <= high[place]!))) {
    faults.push('the observation space has a lowest value above the highest');
  }
  return faults;
}

function repeatFaults(environment: Environment, walk: Walk, steps: number, seed: number): string[] {
  const again = walkAtRandom(environment, steps, seed);
  const same =
    again.trace.length === walk.trace.length &&
    again.trace.every((value, place) => Object.is(value, walk.trace[place]));
  return same ? [] : ['the same seed and actions give other results the second time'];
}

// Environments without an end, or with every action legal, within so many steps are not tested for those.
const longestWait = 10_000;

function refusalFaults(environment: Environment): string[] {
  const faults: string[] = [];
  for (const action of [-1, environment.actionSpace.size, 0.5, Number.NaN]) {
    environment.reset({ seed: 1 });
    if (!throws(() => environment.step(action))) faults.push(`step takes the action ${action}, which does not exist`);
  }
  const choice = walkUntil(environment, ({ actionMask }) => actionMask?.includes(0) ?? false);
  if (choice && !throws(() => environment.step(choice.actionMask!.indexOf(0)))) {
    faults.push('step takes an action that its mask says is illegal');
  }
  const end = walkUntil(environment, isOver);
  if (end && !throws(() => environment.step(Math.max(0, end.actionMask?.indexOf(1) ?? 0)))) {
    faults.push('step goes on after the end of an episode');
  }
  return faults;
}

type Seen = EnvironmentReset & Partial<EnvironmentStep>;

function isOver({ terminated, truncated }: Seen): boolean {
  return Boolean(terminated || truncated);
}

function walkUntil(environment: Environment, isThere: (seen: Seen) => boolean): Seen | undefined {
  const rng = createRng(1);
  let seen: Seen = environment.reset({ seed: 1 });
  for (let step = 0; step < longestWait && !isThere(seen); step += 1) {
    seen = isOver(seen)
      ? environment.reset()
      : environment.step(anyLegal(rng, environment.actionSpace.size, seen.actionMask));
  }
  return isThere(seen) ? seen : undefined;
}

function throws(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}
