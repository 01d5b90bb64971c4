import type { Rng } from '../../random/rng.js';
import type { InventoryRules } from './inventory-rules.js';

/**
 * Draws a state from all that a shop could be left in, each amount alike: stock up to twice what `leadTime + 1` largest
 * orders bring, or to the capacity, every order under way, and where customers wait, in one of four cases a queue.
 *
 * With half of that in stock no sensible policy orders, so that what is right there is right beyond too.
 */
export function drawState(
  rng: Rng,
  { ages, size, leadTime, capacity, options, wholeOrder }: InventoryRules,
  maxOrder: number,
  state: Float64Array,
): void {
  const cycle = (leadTime + 1) * maxOrder;
  let room = capacity;
  for (let place = ages; place < size; place += 1) {
    state[place] = wholeOrder(rng.integer(Math.min(maxOrder, room) + 1));
    room -= state[place]!;
  }
  state.fill(0, 0, ages);
  if (options.unmet === 'backordered' && rng.uniform() < 0.25) {
    state[0] = -rng.integer(cycle + 1);
    return;
  }
  let stock = rng.integer(Math.min(2 * cycle, room) + 1);
  // Over the ages: each takes a random part of what is left.
  for (let age = 0; age < ages - 1; age += 1) {
    state[age] = rng.integer(stock + 1);
    stock -= state[age]!;
  }
  state[ages - 1] = stock;
}
