/** Adam's numbers of one update, as in `AdamFactors` of the tensor optimizer. */
export interface AdamNumbers {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly correction1: number;
  readonly correction2: number;
}

/** A product of matrices in one memory. Places count numbers; an operand stored transposed says so. */
export interface Product {
  readonly left: number;
  readonly right: number;
  readonly output: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly transposeLeft?: boolean;
  readonly transposeRight?: boolean;
}

/**
 * What a small dense network needs to learn on the host: small products there cost less than the calls of a tensor
 * library. All work in one memory of fixed length; places count numbers from its start.
 */
export interface DenseRoutines {
  readonly memory: Float32Array;
  /** `output [rows, columns] = left [rows, depth] * right [depth, columns]`. */
  multiply(product: Product): void;
  /** Adds `bias [columns]` to each row, and with `isRelu` holds the sums above 0. */
  addBias(values: number, rows: number, columns: number, bias: number, isRelu: boolean): void;
  /** `sums [columns]` of `values [rows, columns]`. */
  sumRows(values: number, rows: number, columns: number, sums: number): void;
  /** Moves `count` numbers and their moments on. */
  adam(value: number, first: number, second: number, gradient: number, count: number, factors: AdamNumbers): void;
}
