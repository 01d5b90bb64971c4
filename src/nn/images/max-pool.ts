import {
  customGrad,
  type GradSaveFunc,
  maximum,
  mul,
  reshape,
  slice,
  split,
  step,
  sub,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * The greatest elements of windows of `[B, H, W, C]` that lie side by side, differentiable any number of times. Of equal
 * elements the first one has the gradient. Rows and columns that fill no window are left out.
 */
export function maxPool(x: Tensor, size: readonly [number, number]): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const rows = Math.floor(height / size[0]);
  const columns = Math.floor(width / size[1]);
  const whole = slice(x, [0, 0, 0, 0], [batch, rows * size[0], columns * size[1], channels]);
  const tall = greatestOf(reshape(whole, [batch * rows, size[0], columns * size[1] * channels]));
  const small = greatestOf(reshape(tall, [batch * rows * columns, size[1], channels]));
  return reshape(small, [batch, rows, columns, channels]);
}

// Along the middle axis of three.
function greatestOf(x: Tensor): Tensor {
  return split(x, x.shape[1]!, 1).reduce((greatest, each) => greater(greatest, each));
}

// The greater of two, with the gradient of the first where they are equal.
function greater(first: Tensor, second: Tensor): Tensor {
  return customGrad((...given) => {
    const [left, right, save] = given as [Tensor, Tensor, GradSaveFunc];
    save([left, right]);
    return {
      value: maximum(left, right),
      gradFunc: (upstream: Tensor, saved: Tensor[]) =>
        tidy(() => {
          const ofSecond = mul(upstream, step(sub(saved[1]!, saved[0]!)));
          return [sub(upstream, ofSecond), ofSecond];
        }),
    };
  })(first, second);
}
