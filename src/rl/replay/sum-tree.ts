/** Priorities of places, in a tree of sums: changing one and drawing in proportion to them both take log2 steps. */
export interface SumTree {
  /** The sum of all priorities. */
  total(): number;
  get(place: number): number;
  /** Gives a place its priority, >= 0. */
  set(place: number, priority: number): void;
  /** The place in whose share `mass`, in [0, total), falls: place `i` has the share from the sum before it to its own. */
  find(mass: number): number;
}

/** Makes a tree over `capacity` places, all with priority 0. */
export function createSumTree(capacity: number): SumTree {
  const leaves = 2 ** Math.ceil(Math.log2(Math.max(2, capacity)));
  // Node i has the children 2i and 2i + 1; the leaves come last.
  const sums = new Float64Array(2 * leaves);
  return {
    total: () => sums[1]!,
    get: (place) => sums[leaves + place]!,
    set: (place, priority) => {
      let node = leaves + place;
      sums[node] = priority;
      // Sums are made anew, not corrected: rounding errors never pile up.
      for (node >>= 1; node >= 1; node >>= 1) sums[node] = sums[2 * node]! + sums[2 * node + 1]!;
    },
    find: (mass) => {
      let node = 1;
      let left = mass;
      while (node < leaves) {
        node *= 2;
        // Rounding may leave a little mass for a branch that is empty.
        if (left >= sums[node]! && sums[node + 1]! > 0) {
          left -= sums[node]!;
          node += 1;
        }
      }
      return node - leaves;
    },
  };
}
