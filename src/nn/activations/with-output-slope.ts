import { customGrad, type GradSaveFunc, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { withInputGradient } from './with-input-gradient.js';

/** An elementwise function whose derivatives are easiest had from its output. */
export interface OutputFunction {
  readonly value: (x: Tensor) => Tensor;
  /** Its slope where the output is given. */
  readonly slope: (output: Tensor) => Tensor;
  /** The slope of its slope where the output is given, in operations that can be differentiated. */
  readonly bend: (output: Tensor) => Tensor;
}

/**
 * Applies such a function, differentiable any number of times.
 *
 * The first gradient takes the numbers of its slope from the saved output, so that nothing is computed twice. To an outer
 * gradient that slope is a function of the input, as it must be: a saved output alone would look like a constant.
 */
export function withOutputSlope(x: Tensor, of: OutputFunction): Tensor {
  return customGrad((...given) => {
    const [input, save] = given as [Tensor, GradSaveFunc];
    const output = of.value(input);
    save([input, output]);
    const gradFunc = (upstream: Tensor, [savedInput, savedOutput]: Tensor[]) =>
      tidy(() => mul(upstream, slopeAt(savedInput!, savedOutput!, of)));
    return { value: output, gradFunc };
  })(x);
}

function slopeAt(x: Tensor, output: Tensor, of: OutputFunction): Tensor {
  return withInputGradient(
    x,
    () => of.slope(output),
    (upstream, input) => mul(upstream, of.bend(withOutputSlope(input, of))),
  );
}
