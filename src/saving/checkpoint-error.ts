/**
 * Thrown by trainers when a checkpoint cannot be written, or an older one cannot be removed; those written before are as they
 * were, and the networks stand at the last whole step.
 *
 * @example
 * try {
 *   await trainGan({ ...options, checkpoint: { store: memoryStore() } });
 * } catch (error) {
 *   if (error instanceof CheckpointError) console.log(error.step, error.cause);
 * }
 */
export class CheckpointError extends Error {
  /** Always `'CheckpointError'`, for when `instanceof` does not reach across copies of a package. */
  override readonly name = 'CheckpointError';

  /**
   * @param where - Function that the user called.
   * @param step - The step whose checkpoint it was.
   * @param cause - What the store said, such as that the disk is full.
   * @param problem - What could not be done.
   */
  constructor(
    where: string,
    /** The step whose checkpoint it was, from 1. */
    readonly step: number,
    cause: unknown,
    problem = 'was not written',
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${where}: the checkpoint of step ${step} ${problem}: ${reason}`, { cause });
  }

  /** Whether `value` is such an error, whichever copy of the package threw it. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'CheckpointError' && 'step' in value;
  }
}
