import { add, equal, mul, type Tensor1D, where, zerosLike } from '@tensorflow/tfjs-core';

/** `rewards + discounts * values`: what every one-step target is. After a true end values are not looked at. */
export function bootstrap(rewards: Tensor1D, discounts: Tensor1D, values: Tensor1D): Tensor1D {
  return add(rewards, discounted(discounts, values));
}

/** `discounts * values`, and 0 where the discount is 0, whatever the value: 0 times infinity is no number. */
export function discounted(discounts: Tensor1D, values: Tensor1D): Tensor1D {
  return where(equal(discounts, 0), zerosLike(discounts), mul(discounts, values) as Tensor1D) as Tensor1D;
}
