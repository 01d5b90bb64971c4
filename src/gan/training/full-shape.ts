import { refuse } from '../../internal/require.js';

/** The shape without its batch axis. */
export function fullShape(
  where: string,
  name: string,
  side: 'input' | 'output',
  shape: readonly (number | null)[],
): number[] {
  const sample = shape.slice(1);
  if (sample.includes(null)) refuse(where, name, `have ${side} sizes that are fixed but for the batch`, [...shape]);
  return sample as number[];
}
