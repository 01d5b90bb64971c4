/** All numbers of one update of Adam. */
export interface AdamFactors {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** `1 - beta1 ** t` in the update number t, from 1. */
  readonly correction1: number;
  /** `1 - beta2 ** t`. */
  readonly correction2: number;
}

/** The numbers of update `update`, from 1. */
export function adamFactors(
  { learningRate, beta1, beta2, epsilon }: Omit<AdamFactors, 'correction1' | 'correction2'>,
  update: number,
): AdamFactors {
  const [correction1, correction2] = [1 - beta1 ** update, 1 - beta2 ** update];
  return { learningRate, beta1, beta2, epsilon, correction1, correction2 };
}

/** The same as arguments of the wasm routine `adam`, from its `rate` on. */
export function adamArguments(factors: AdamFactors): AdamArguments {
  const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = factors;
  return [learningRate, beta1, 1 - beta1, beta2, 1 - beta2, epsilon, correction1, correction2];
}

type AdamArguments = [number, number, number, number, number, number, number, number];
