import { add, mul, type Tensor1D } from '@tensorflow/tfjs-core';

/** `rewards + discounts * values`: what every one-step target is. */
export function bootstrap(rewards: Tensor1D, discounts: Tensor1D, values: Tensor1D): Tensor1D {
  return add(rewards, mul(discounts, values));
}
