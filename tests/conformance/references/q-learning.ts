import { softmax } from './activations.js';
import { at, type Doubles } from './doubles.js';
import { average } from './images.js';

const scalar = (value: number): Doubles => ({ shape: [], values: Float64Array.of(value) });

const huber = (error: number, delta: number): number =>
  Math.abs(error) <= delta ? error ** 2 / 2 : delta * (Math.abs(error) - delta / 2);

/** Mean over transitions of weight times Huber's loss; delta Infinity gives half the square. */
export function qLearning(
  q: Doubles,
  actions: readonly number[],
  targets: readonly number[],
  weights: readonly number[],
  delta: number,
): Doubles {
  return scalar(average(actions.map((action, row) => weights[row] * huber(targets[row] - at(q, row, action), delta))));
}

/** Mean over transitions of the cross entropy between a target and the prediction. */
export function categorical(logits: Doubles, actions: readonly number[], targets: readonly number[][]): Doubles {
  const probabilities = softmax(logits);
  return scalar(
    average(
      actions.map((action, row) =>
        targets[row].reduce((sum, target, atom) => sum - target * Math.log(at(probabilities, row, action, atom)), 0),
      ),
    ),
  );
}

/** Mean over transitions and targets, sum over quantiles, of Huber's loss with the slopes of quantiles. */
export function quantile(quantiles: Doubles, actions: readonly number[], targets: readonly number[][]): Doubles {
  const count = quantiles.shape[2];
  const lossAt = (row: number, index: number): number => {
    const tau = (index + 0.5) / count;
    const errors = targets[row].map((target) => target - at(quantiles, row, actions[row], index));
    return average(errors.map((error) => Math.abs(tau - (error < 0 ? 1 : 0)) * huber(error, 1)));
  };
  const rows = actions.map((_, row) => Array.from({ length: count }, (_unused, index) => lossAt(row, index)));
  return scalar(average(rows.map((losses) => losses.reduce((sum, loss) => sum + loss, 0))));
}

/** reward + discount * max. */
export function bestNext(q: Doubles, rewards: readonly number[], discounts: readonly number[]): Doubles {
  const width = q.shape[1];
  const best = rewards.map((_, row) => Math.max(...q.values.subarray(row * width, (row + 1) * width)));
  const values = Float64Array.from(rewards, (reward, row) => reward + discounts[row] * best[row]);
  return { shape: [rewards.length], values };
}
