import type { ReplayBatch } from '../replay/create-replay.js';
import type { Learner } from './learner.js';

/** The best legal action, the first of equals; -1 where none is legal. */
export function bestAt(
  values: Float32Array,
  start: number,
  actions: number,
  masks: Uint8Array | undefined,
  maskStart: number,
): number {
  let best = -1;
  for (let action = 0; action < actions; action += 1) {
    if (masks && masks[maskStart + action] === 0) continue;
    if (best < 0 || values[start + action]! > values[start + best]!) best = action;
  }
  return best;
}

/**
 * Values of the best legal next actions, by the target network; with `isDouble` the online network says which those are.
 *
 * @param stuck - The value where no action is legal.
 * @param out - `[B]`, written.
 */
export function nextValues(
  learner: Learner,
  batch: ReplayBatch,
  isDouble: boolean,
  stuck: number,
  out: Float32Array,
): void {
  const { network, places, memory } = learner;
  const [rows, actions] = [out.length, network.plan.outputs];
  const chosen = new Int32Array(rows);
  const choose = (): void => {
    for (let row = 0; row < rows; row += 1) {
      chosen[row] = bestAt(memory, network.output + row * actions, actions, batch.nextActionMasks, row * actions);
    }
  };
  if (isDouble) {
    network.forward(places.online, places.nextInputs, rows);
    choose();
  }
  network.forward(places.target, places.nextInputs, rows);
  if (!isDouble) choose();
  for (let row = 0; row < rows; row += 1) {
    out[row] = chosen[row]! < 0 ? stuck : memory[network.output + row * actions + chosen[row]!]!;
  }
}
