import { type Tensor, tensor, util, type Variable, variable } from '@tensorflow/tfjs-core';

/** Numbers made on the host, the same on every backend: draws follow one another, so no two tensors are alike. */
export class HostValues {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Uniform in [low, high), by the linear congruential generator of Numerical Recipes. */
  numbers(count: number, low = -1, high = 1): Float32Array {
    const numbers = new Float32Array(count);
    let state = this.#state;
    for (let place = 0; place < count; place += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      numbers[place] = low + ((high - low) * state) / 2 ** 32;
    }
    this.#state = state;
    return numbers;
  }

  tensor(shape: number[], low = -1, high = 1): Tensor {
    return tensor(this.numbers(util.sizeFromShape(shape), low, high), shape);
  }

  variable(shape: number[], low = -1, high = 1): Variable {
    const initial = this.tensor(shape, low, high);
    const made = variable(initial);
    initial.dispose();
    return made;
  }
}
