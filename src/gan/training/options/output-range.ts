import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ValueRange } from '../../../data/value-range.js';
import { outputActivation } from '../../../nn/output-activation.js';

/** The numbers that a generator can give, so that data outside them are refused; undefined when there is no bound. */
export function outputRange(generator: LayersModel): ValueRange | undefined {
  const activation = outputActivation(generator);
  const bounds = activation === undefined ? undefined : boundsOf(activation);
  if (!bounds) return undefined;
  return { low: bounds[0], high: bounds[1], because: `the generator ends in ${activation}` };
}

function boundsOf(activation: string): readonly [number, number] | undefined {
  switch (activation) {
    case 'sigmoid':
    case 'hardSigmoid':
    case 'softmax':
      return [0, 1];
    case 'tanh':
    case 'softsign':
      return [-1, 1];
    case 'relu':
    case 'softplus':
      return [0, Number.MAX_VALUE];
    case 'relu6':
      return [0, 6];
    default:
      return undefined;
  }
}
