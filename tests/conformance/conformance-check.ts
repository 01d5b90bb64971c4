/** One row of the table: something that has to hold on every backend. Throws, or rejects, where it does not. */
export interface ConformanceCheck {
  readonly name: string;
  /** Runs on `backend`, comparing with cpu where there is something to compare; leaves `backend` active. */
  run(backend: string): Promise<void>;
}

/** Fails with both numbers in the message. */
export function requireWithin(what: string, difference: number, tolerance: number): void {
  if (difference <= tolerance) return;
  throw new Error(`${what}: relative difference ${difference.toExponential(2)}, allowed ${tolerance.toExponential(0)}`);
}
