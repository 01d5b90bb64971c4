import { expect, test } from 'vitest';
import { createRng } from '../../src/random/rng.js';
import { binColumns } from '../../src/trees/column-bins.js';

const pause = async () => {};

test('few numbers have a bin each, with edges in the middle; what is missing has the last', async () => {
  const { edges, bins, offsets } = await binColumns(
    [Float64Array.of(4, 1, Number.NaN, 2, 1), Float64Array.of(0, -0, 0, 0, 0)],
    pause,
  );
  expect(edges).toEqual([Float64Array.of(1.5, 3), new Float64Array(0)]);
  expect([...bins]).toEqual([2, 0, 0, 0, 3, 0, 1, 0, 0, 0]);
  // Each column has a bin more, for what is missing.
  expect([...offsets]).toEqual([0, 4, 6]);
});

test('many numbers share 255 bins of about as many rows, and one that is often there has its own', async () => {
  const rng = createRng(1);
  const column = Float64Array.from({ length: 20_000 }, () => (rng.uniform() < 0.05 ? 0.25 : rng.uniform()));
  const { edges, bins } = await binColumns([column], pause);
  expect(edges[0]!.length).toBeLessThanOrEqual(254);
  const counts = new Map<number, number>();
  for (const bin of bins) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  const often = bins[column.indexOf(0.25)]!;
  const values = new Set(column.filter((_, row) => bins[row] === often));
  expect([...values]).toEqual([0.25]);
  // 19,000 other rows in some 250 bins: 76 each; none has twice that.
  counts.delete(often);
  expect(Math.max(...counts.values())).toBeLessThan(152);
});

test('numbers whose middle cannot be written are still apart', async () => {
  const [low, high] = [1, 1 + Number.EPSILON];
  const { bins } = await binColumns([Float64Array.of(low, high, -1.7e308, 1.7e308)], pause);
  expect([...bins]).toEqual([1, 2, 0, 3]);
});
