/**
 * Thrown when a loss becomes NaN or infinite. The run has stopped; the weights of the named network are no longer of
 * use, so go back to a saved state, and lower the learning rate or check the loss.
 *
 * @example
 * try {
 *   await trainGan(options);
 * } catch (error) {
 *   if (error instanceof NonFiniteLossError) console.log(error.network, error.step);
 * }
 */
export class NonFiniteLossError extends Error {
  /** `'NonFiniteLossError'`. */
  override readonly name: string = 'NonFiniteLossError';
  /** Which network's loss it was, such as `'discriminator'`. */
  readonly network: string;
  /** The step, counted from 1. */
  readonly step: number;
  /** NaN, Infinity or -Infinity. */
  readonly value: number;

  /** @param where - Function that the user called. */
  constructor(where: string, network: string, step: number, value: number) {
    super(`${where}: the loss of the ${network} must stay finite, received ${value} (number) at step ${step}.`);
    this.network = network;
    this.step = step;
    this.value = value;
  }
}
