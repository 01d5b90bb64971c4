import { clone, type Variable } from '@tensorflow/tfjs-core';

/**
 * Runs a network without letting it move what it tracks by itself (the moving averages of batch normalization): a
 * network's state follows its own updates, not those of the network beside it.
 *
 * @param state - The variables to keep, from `stateVariables`.
 */
export function keepState<T>(state: readonly Variable[], run: () => T): T {
  const before = state.map((variable) => clone(variable));
  try {
    return run();
  } finally {
    state.forEach((variable, index) => {
      variable.assign(before[index]!);
      before[index]!.dispose();
    });
  }
}
