import { refusal } from '../../internal/require.js';

/**
 * Thrown when a model cannot be solved exactly: it is too large to be written out, or its values do not settle. Simulate
 * it instead, or make it smaller.
 *
 * `instanceof` holds across copies of the package too.
 *
 * @example
 * try {
 *   await relativeValueIteration({ model: inventoryModel({ demand: poissonDemand(2), holding: 1, penalty: 4 }) });
 * } catch (error) {
 *   if (error instanceof UnsolvedModelError) console.log(error.reason);
 * }
 */
export class UnsolvedModelError extends Error {
  /** `'UnsolvedModelError'`. */
  override readonly name: string = 'UnsolvedModelError';
  /** `'size'`: too many states or transitions. `'bounds'`: the bounds around the answer did not meet. */
  readonly reason: 'size' | 'bounds';

  /** @param where - Function that the user called. */
  constructor(where: string, reason: 'size' | 'bounds', rule: string, value: unknown) {
    const advice = reason === 'size' ? ' Simulate it, or count in larger units.' : '';
    super(`${refusal(where, 'model', rule, value)}${advice}`);
    this.reason = reason;
  }

  /** Whether `value` is such an error, whichever copy of the package threw it. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'UnsolvedModelError' && 'reason' in value;
  }
}
