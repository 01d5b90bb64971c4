import { refuse } from '../../internal/require.js';
import { mostThreads } from '../kernel-state.js';

/** What starts a backend may be told. */
export interface BackendOptions {
  /**
   * On how many threads the wasm kernels work, 1 to 32, the caller's own included. Default: as many as before, at first as many as
   * the machine has cores, at most 8. Other backends have no threads to choose.
   */
  readonly threads?: number;
}

/** The number of threads that was asked for, checked, for a backend of that name. */
export function requireThreads(where: string, name: string, { threads }: BackendOptions): number | undefined {
  if (threads === undefined) return undefined;
  if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads) {
    refuse(where, 'threads', `be a whole number from 1 to ${mostThreads}`, threads);
  }
  if (name !== 'wasm') refuse(where, 'threads', `be left out for '${name}': only 'wasm' has threads`, threads);
  return threads;
}
