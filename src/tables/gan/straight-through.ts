import {
  cast,
  concat,
  cumsum,
  customGrad,
  greater,
  mul,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';

/** Below 1 by more than sums in float32 are off. */
const almostOne = 0.999_999;

/**
 * Draws one state for each row, which passes gradients on as if it were the probabilities:
 *
 *     value = one-hot of the first state whose running sum of p exceeds u,   p = softmax(logits)
 *     gradient by logits = p * (slope - sum over states of p * slope)
 *
 * @param logits - `[B, K]`.
 * @param uniform - `[B, 1]`, in [0, 1].
 * @returns `[B, K]`.
 * @see Bengio, Leonard and Courville, "Estimating or Propagating Gradients Through Stochastic Neurons" (2013), section 4
 * @see Jang, Gu and Poole, "Categorical Reparameterization with Gumbel-Softmax" (2017), section 2.2
 */
export function drawStraightThrough(logits: Tensor2D, uniform: Tensor2D): Tensor2D {
  const draw = customGrad((given, save) => {
    const chances = softmax(given as Tensor2D);
    (save as (tensors: Tensor[]) => void)([chances]);
    const gradFunc = (slope: Tensor, saved: Tensor[]) => {
      const [p] = saved as [Tensor2D];
      return mul(p, sub(slope, sum(mul(p, slope), 1, true)));
    };
    return { value: oneHotOf(chances, uniform), gradFunc };
  });
  return draw(logits) as Tensor2D;
}

function oneHotOf(chances: Tensor2D, uniform: Tensor2D): Tensor2D {
  return tidy(() => {
    const [rows, states] = chances.shape;
    const sums = cumsum(chances, 1);
    const whole = slice(sums, [0, states - 1], [-1, 1]);
    const passed = cast(greater(sums, mul(mul(uniform, almostOne), whole)), 'float32');
    return sub(passed, concat([zeros([rows, 1]), slice(passed, [0, 0], [-1, states - 1])], 1));
  });
}
