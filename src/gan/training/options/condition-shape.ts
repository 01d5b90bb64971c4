import { refuse } from '../../../internal/require.js';
import type { GanOptions } from './gan-options.js';

/** The shape of one condition, or undefined when neither network takes any; networks of which one does are refused. */
export function conditionShape(
  where: string,
  { generator, discriminator, conditions }: Pick<GanOptions, 'generator' | 'discriminator' | 'conditions'>,
): number[] | undefined {
  const [made, judged] = [generator, discriminator].map(({ inputs }) => inputs[1]);
  if (!made && !judged) {
    if (conditions !== undefined) refuse(where, 'conditions', 'be left out: no network takes a condition', conditions);
    return undefined;
  }
  if (!made) refuse(where, 'generator', 'take a second input, the condition, as the discriminator does', '1 input');
  if (!judged) refuse(where, 'discriminator', 'take a second input, the condition, as the generator does', '1 input');
  const shape = fullShape(where, 'generator', 'input', made.shape);
  const other = fullShape(where, 'discriminator', 'input', judged.shape);
  if (shape.join() !== other.join()) {
    refuse(where, 'discriminator', `take conditions of the generator's shape, [${shape.join(', ')}]`, other);
  }
  return shape;
}

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
