import { largestWeight } from './finite.js';

/**
 * Thrown when a loss, or a weight after an update, becomes NaN or infinite. The run has stopped; lower the learning rate or
 * check the loss, or let runs go on by `onNonFinite`. A GAN's networks and moving average then hold the latest weights that were finite; an optimizer that you
 * passed in is not set back. An embedding model and an agent have the weights from before the update.
 *
 * `instanceof` holds across copies of the package too, such as its ES modules and its CommonJS files in one process.
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
  /** Which network's loss or weights it was, such as `'discriminator'`. */
  readonly network: string;
  /** The step, counted from 1. */
  readonly step: number;
  /** NaN, Infinity or -Infinity; of weights also a number that is so large that products of it are infinite. */
  readonly value: number;
  /** What was not finite: the loss that a step measured, the gradients of an update, or the weights that it left. */
  readonly what: 'loss' | 'gradients' | 'weights';
  /** The first layer, in the order of the model, with such a gradient or weight. Default: missing, where none is known. */
  readonly layer?: string;

  /** @param where - Function that the user called. */
  constructor(
    where: string,
    network: string,
    step: number,
    value: number,
    what: NonFiniteLossError['what'] = 'loss',
    layer?: string,
  ) {
    // Of NaN and infinity nothing else is to be said; tables, which have no products, allow all that is finite.
    const bound = Number.isFinite(value) ? `, and at most ${largestWeight} in size` : '';
    const place = layer === undefined ? '' : `, first in layer '${layer}'`;
    super(
      `${where}: the ${what} of the ${network} must stay finite${bound}, received ${value} (number) at step ${step}${place}.`,
    );
    this.network = network;
    this.step = step;
    this.value = value;
    this.what = what;
    if (layer !== undefined) this.layer = layer;
  }

  /** Whether `value` is such an error, whichever copy of the package threw it. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'NonFiniteLossError' && 'network' in value && 'step' in value;
  }
}
