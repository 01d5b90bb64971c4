import type { Rng } from '../../random/rng.js';
import type { PrioritySettings } from './replay-config.js';
import { createSumTree } from './sum-tree.js';

/** Priorities of a replay's places. */
export interface Priorities {
  /** Gives a new transition the largest priority so far. */
  admit(place: number): void;
  set(place: number, error: number): void;
  /** Draws places, and their importance weights. */
  draw(places: Int32Array, weights: Float32Array, size: number, rng: Rng, correction: number): void;
  save(size: number): { values: Float64Array; largest: number };
  load(saved: { readonly values: Float64Array; readonly largest: number }): void;
}

/** The largest number of 32 bits. */
const largestError = 3.4e38;

/** Makes priorities for `capacity` places. */
export function createPriorities(capacity: number, settings: PrioritySettings): Priorities {
  const { exponent = 0.6, offset = 1e-3 } = settings;
  const tree = createSumTree(capacity);
  let largest = 1;
  return {
    admit: (place) => tree.set(place, largest),
    set: (place, error) => {
      // Sums of a whole replay of them stay finite.
      const priority = (Math.min(Math.abs(error), largestError) + offset) ** exponent;
      largest = Math.max(largest, priority);
      tree.set(place, priority);
    },
    draw: (places, weights, size, rng, correction) => {
      const [count, total] = [places.length, tree.total()];
      let least = Number.POSITIVE_INFINITY;
      for (let row = 0; row < count; row += 1) {
        const place = Math.min(tree.find(((row + rng.uniform()) / count) * total), size - 1);
        places[row] = place;
        least = Math.min(least, tree.get(place));
      }
      // (size P)^-correction over the largest of them, which has the least P: size and total cancel.
      for (let row = 0; row < count; row += 1) weights[row] = (least / tree.get(places[row]!)) ** correction;
    },
    save: (size) => ({ values: Float64Array.from({ length: size }, (_, place) => tree.get(place)), largest }),
    load: (saved) => {
      for (let place = 0; place < capacity; place += 1) tree.set(place, saved.values[place] ?? 0);
      largest = saved.largest;
    },
  };
}
