import type { Environment } from './environment.js';

/** What tells an environment from others, as far as it shows. */
export function describeEnvironment(environment: Environment): object {
  const { name, observationSpace, actionSpace } = environment;
  const { options } = environment as { readonly options?: object };
  return { name, numbers: observationSpace.low.length, actions: actionSpace.size, ...(options && { options }) };
}
