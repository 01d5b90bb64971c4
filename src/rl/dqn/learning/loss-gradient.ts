import type { ReplayBatch } from '../../replay/transition-store.js';
import type { Learner } from './learner.js';

/** Which loss is minimised. */
export interface LossSettings {
  readonly loss: 'huber' | 'squared';
  /** Weight of the conservative penalty; 0 for none. */
  readonly conservative: number;
}

/** What a batch came to, before the update. */
export interface BatchResult {
  /** Mean over the batch, in the units of the network. */
  readonly loss: number;
  /** Mean of the predictions, in the units of the network. */
  readonly meanQ: number;
}

/**
 * Writes the gradient of the loss by the network's outputs, after a forward pass of the batch, and the errors.
 *
 *     mean over B of weight * h(target - q(action))  +  conservative * (log sum over legal a of exp q(a) - q(action))
 *
 * @param errors - `[B]`, written: target - q(action).
 */
export function lossGradient(
  learner: Learner,
  batch: ReplayBatch,
  targets: Float32Array,
  settings: LossSettings,
  errors: Float32Array,
): BatchResult {
  const { memory, network } = learner;
  const [rows, actions] = [targets.length, network.plan.outputs];
  const { output, outputGradient } = network;
  memory.fill(0, outputGradient, outputGradient + rows * actions);
  let [loss, sum] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    const at = row * actions + batch.actions[row]!;
    const q = memory[output + at]!;
    const error = targets[row]! - q;
    const weight = batch.weights[row]!;
    const isStraight = settings.loss === 'huber' && Math.abs(error) > 1;
    loss += weight * (isStraight ? Math.abs(error) - 0.5 : 0.5 * error * error);
    memory[outputGradient + at] = (-weight * (isStraight ? Math.sign(error) : error)) / rows;
    if (settings.conservative > 0) loss += conservative(learner, batch, row, settings.conservative);
    errors[row] = error;
    sum += q;
  }
  return { loss: loss / rows, meanQ: sum / rows };
}

// Adds the gradient of one row's penalty, and returns the penalty.
function conservative({ memory, network }: Learner, batch: ReplayBatch, row: number, weight: number): number {
  const actions = network.plan.outputs;
  const start = row * actions;
  const isLegal = (action: number) => batch.actionMasks?.[start + action] !== 0;
  const q = (action: number) => memory[network.output + start + action]!;
  let most = Number.NEGATIVE_INFINITY;
  for (let action = 0; action < actions; action += 1) if (isLegal(action)) most = Math.max(most, q(action));
  let total = 0;
  for (let action = 0; action < actions; action += 1) if (isLegal(action)) total += Math.exp(q(action) - most);
  const scale = weight / batch.actions.length;
  for (let action = 0; action < actions; action += 1) {
    if (!isLegal(action)) continue;
    memory[network.outputGradient + start + action]! += (scale * Math.exp(q(action) - most)) / total;
  }
  const taken = batch.actions[row]!;
  memory[network.outputGradient + start + taken]! -= scale;
  return weight * (most + Math.log(total) - q(taken));
}
