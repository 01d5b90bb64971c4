import { type TensorInfo, util } from '@tensorflow/tfjs-core';

/** The name to look for in tfjs's kernel registry. */
export const adamKernelName = 'MinimartAdam';

/** A variable's value, its moments and its gradient. */
export type AdamInputs = { value: TensorInfo; m: TensorInfo; v: TensorInfo; gradient: TensorInfo };

/** Refuses inputs that are not float32 of one shape. */
export function requireAlike(inputs: AdamInputs): AdamInputs {
  const { value } = inputs;
  for (const [name, { dtype, shape }] of Object.entries(inputs)) {
    if (dtype === 'float32' && util.arraysEqual(shape, value.shape)) continue;
    throw new Error(
      `${adamKernelName}: \`${name}\` must be float32 of shape [${value.shape}], received ${dtype} [${shape}].`,
    );
  }
  return inputs;
}
