import { greedyAt } from '../../acting/greedy-action.js';
import type { ReplayBatch } from '../../replay/transition-store.js';
import type { Learner } from './learner.js';

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
      chosen[row] = greedyAt(memory, network.output + row * actions, actions, batch.nextActionMasks, row * actions);
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
