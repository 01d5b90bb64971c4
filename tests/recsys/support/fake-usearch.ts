import type { UsearchIndex } from 'minimart';

/**
 * Of the shape of usearch's `Index` with the metric 'ip', with its habits: keys nearest first, a batch padded with zeros
 * and counted, a single query cut to what there is. It may overlook some keys.
 */
export function fakeUsearch(size: number, overlooked: readonly number[] = []): UsearchIndex {
  const stored = new Map<bigint, Float32Array>();
  const nearest = (query: Float32Array, k: number): bigint[] => {
    const distance = (key: bigint) => 1 - stored.get(key)!.reduce((sum, value, axis) => sum + value * query[axis]!, 0);
    const keys = [...stored.keys()].filter((key) => !overlooked.includes(Number(key)));
    return keys.sort((a, b) => distance(a) - distance(b)).slice(0, k);
  };
  return {
    add: (keys, vectors) => {
      if (vectors.length !== keys.length * size) throw new Error('wrong size');
      keys.forEach((key, row) => {
        stored.set(key, vectors.slice(row * size, (row + 1) * size));
      });
    },
    search: (vectors, k): ReturnType<UsearchIndex['search']> => {
      const rows = Array.from({ length: vectors.length / size }, (_, row) =>
        nearest(vectors.subarray(row * size, (row + 1) * size), k),
      );
      if (rows.length === 1) return { keys: BigUint64Array.from(rows[0]!) };
      const keys = new BigUint64Array(rows.length * k);
      rows.forEach((row, place) => {
        keys.set(row, place * k);
      });
      return { keys, counts: BigUint64Array.from(rows, (row) => BigInt(row.length)) };
    },
    size: () => stored.size,
    dimensions: () => size,
  };
}
