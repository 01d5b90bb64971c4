import type { DenseRoutines, Product } from './dense-routines.js';

/** Inputs of a dense layer and the part of its kernel that they meet, at addresses. */
export interface DenseInput {
  /** `[rows, size]`. */
  readonly values: number;
  /** `[size, units]`. */
  readonly kernel: number;
  readonly rows: number;
  readonly size: number;
  readonly units: number;
}

/** What a dense layer puts out, at addresses. */
export interface DenseOutput {
  /** `[rows, units]`. */
  readonly values: number;
  readonly rows: number;
  readonly units: number;
  readonly isRelu: boolean;
}

/** `output [rows, units] = values * kernel`; with `accumulate` the product is added to what is there. */
export function multiplyByKernel(routines: DenseRoutines, input: DenseInput, output: number, accumulate = false): void {
  const { values, kernel, rows, size, units } = input;
  routines.multiply({ left: values, right: kernel, output, rows, depth: size, columns: units, accumulate });
}

/** Adds the bias to the products of a layer's inputs and applies its activation, in place. */
export function finishOutput(routines: DenseRoutines, output: DenseOutput, bias: number): void {
  routines.addBias(output.values, output.rows, output.units, bias, output.isRelu);
}

/** Takes the gradient of a layer's output back through its activation, in place, and writes the gradient of the bias. */
export function backThroughOutput(routines: DenseRoutines, output: DenseOutput, slopes: number, bias: number): void {
  if (output.isRelu) routines.keepPositive(slopes, output.values, output.rows * output.units);
  routines.sumRows(slopes, output.rows, output.units, bias);
}

/**
 * Takes the slopes `[rows, units]` from {@link backThroughOutput} back to some inputs of a layer.
 *
 * @param gradients - Where the gradient of the kernel belongs, and that of the inputs, if it is asked for.
 * @param accumulate - Adds both to what is there.
 */
export function backToInput(
  routines: DenseRoutines,
  { values, kernel, rows, size, units }: DenseInput,
  slopes: number,
  gradients: { readonly kernel: number; readonly values: number | undefined },
  accumulate = false,
): void {
  const toKernel: Product = {
    left: values,
    right: slopes,
    output: gradients.kernel,
    rows: size,
    depth: rows,
    columns: units,
    transposeLeft: true,
    accumulate,
  };
  routines.multiply(toKernel);
  if (gradients.values === undefined) return;
  const toValues: Product = {
    left: slopes,
    right: kernel,
    output: gradients.values,
    rows,
    depth: units,
    columns: size,
    transposeRight: true,
    accumulate,
  };
  routines.multiply(toValues);
}
