import { refuse } from '../internal/require.js';

/** Refuses data whose samples have another shape than the networks work on. */
export function requireSampleShape(
  where: string,
  name: string,
  shape: readonly number[],
  sampleShape: readonly number[],
): void {
  const fits = shape.length === sampleShape.length + 1 && sampleShape.every((size, axis) => size === shape[axis + 1]);
  if (!fits) refuse(where, name, `have the shape [N, ${sampleShape.join(', ')}] of the networks`, [...shape]);
}
