import type { layers } from '@tensorflow/tfjs-layers';
import { walkLayers } from '../../nn/models/walk-layers.js';
import { requireSecondOrder } from '../../nn/second-order/require-second-order.js';
import type { Penalty } from './penalty.js';

/**
 * Refuses a discriminator that draws random numbers at every judgement, for penalties that compare judgements.
 *
 * @throws RangeError naming every such layer and what to do.
 */
export function requireSteadyJudge(where: string, name: string, model: layers.Layer): void {
  const drawing = walkLayers(model).filter(({ layer }) => drawsAnew(layer));
  if (drawing.length === 0) return;
  const list = drawing.map(({ layer, position }) => `\`${layer.name}\` (${layer.getClassName()}, at ${position})`);
  throw new RangeError(
    `${where}: \`${name}\` must judge without dropout for a penalty by finite differences, which its noise would ` +
      `drown; leave out ${list.join(', ')}, or use method 'exact'.`,
  );
}

// Dropout and its kin of tfjs, recurrent layers that drop what they take in, and layers that take a stream of numbers.
function drawsAnew(layer: layers.Layer): boolean {
  const { rate, dropout, recurrentDropout } = layer.getConfig();
  if ('reseed' in layer || /Dropout/.test(layer.getClassName())) return rate !== 0;
  return layer.getClassName() === 'GaussianNoise' || isShare(dropout) || isShare(recurrentDropout);
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

/** What a penalty by this method asks of a discriminator: second derivatives, or the same judgement twice. */
export function checkFor(method: 'exact' | 'finiteDifferences'): NonNullable<Penalty['check']> {
  const require = method === 'exact' ? requireSecondOrder : requireSteadyJudge;
  return (where, discriminator) => require(where, 'discriminator', discriminator);
}
