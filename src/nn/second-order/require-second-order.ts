import type { layers } from '@tensorflow/tfjs-layers';
import { checkSecondOrder } from './check-second-order.js';

/**
 * Refuses a model behind which an exact gradient penalty is known to go wrong; layers that are not known pass.
 *
 * @throws RangeError naming every layer at fault and what to use instead.
 */
export function requireSecondOrder(where: string, name: string, model: layers.Layer): void {
  const problems = checkSecondOrder(model).filter(({ effect }) => effect !== 'unknown');
  if (problems.length === 0) return;
  const lines = problems.map(({ message }) => `\n  ${message}`).join('');
  throw new RangeError(`${where}: \`${name}\` must have second derivatives for an exact gradient penalty.${lines}`);
}
