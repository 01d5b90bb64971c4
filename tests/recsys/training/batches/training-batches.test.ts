import { createRng, uniformNegatives } from 'minimart';
import { describe, expect, test } from 'vitest';
import type { EmbeddingBatch } from '../../../../src/nn/embedding/training/embedding-step.js';
import { pointwiseBlocks } from '../../../../src/recsys/training/batches/sample-blocks.js';
import {
  groupedBatches,
  pointwiseBatches,
  type TrainingBatches,
} from '../../../../src/recsys/training/batches/training-batches.js';
import { createDrawNegative } from '../../../../src/recsys/training/negatives/draw-negative.js';
import { createSeenItems } from '../../../../src/recsys/training/negatives/seen-items.js';
import { tasteGroups } from '../../../support/taste-groups.js';

// 40 users with 8 items each: 320 positives.
const { train } = tasteGroups();
const seen = createSeenItems(train);

interface Row {
  readonly user: number;
  readonly item: number;
  readonly label: number;
}

function rowsOf({ rows, labels }: EmbeddingBatch): Row[] {
  const [users, items] = [rows.user as Int32Array, rows.item as Int32Array];
  return Array.from(labels, (label, row) => ({ user: users[row]!, item: items[row]!, label }));
}

function epochOf(batches: TrainingBatches): Row[][] {
  const all: Row[][] = [];
  const iterator = batches.epoch();
  for (let next = iterator.next(); !next.done; next = iterator.next()) all.push(rowsOf(next.value));
  return all;
}

function pairsOf(rows: readonly Row[], label: number): string[] {
  return rows.filter((row) => row.label === label).map(({ user, item }) => `${user}/${item}`);
}

const trainPairs = Array.from(train.userIndices, (user, row) => `${user}/${train.itemIndices[row]}`).sort();

const pointwise = (seed = 1, batchSize = 64) => {
  const rng = createRng(seed);
  const draw = createDrawNegative('test', train, uniformNegatives(), rng.stream('negatives'));
  return pointwiseBatches(train, { negatives: 3, batchSize }, draw, rng.stream('shuffle'));
};

const grouped = (batchSize = 64) => {
  const rng = createRng(1);
  const draw = createDrawNegative('test', train, uniformNegatives(), rng.stream('negatives'));
  return groupedBatches(train, { negatives: 3, batchSize }, draw, rng.stream('shuffle'));
};

describe.each([
  ['pointwise', pointwise],
  ['grouped', grouped],
])('%s batches', (_, make) => {
  test('hold every row of train once an epoch, and so many negatives for it', () => {
    const rows = epochOf(make()).flat();
    expect(pairsOf(rows, 1).sort()).toEqual(trainPairs);
    const negatives = rows.filter(({ label }) => label === 0);
    const users = negatives.map(({ user }) => user).sort((left, right) => left - right);
    expect(users).toEqual(Array.from(train.userIndices).flatMap((user) => [user, user, user]));
  });

  test('hold no negative that is in train', () => {
    const batches = make();
    for (let epoch = 0; epoch < 5; epoch += 1) {
      const negatives = epochOf(batches)
        .flat()
        .filter(({ label }) => label === 0);
      expect(negatives.some(({ user, item }) => seen.has(user, item))).toBe(false);
    }
  });

  test('come with other negatives and in another order every epoch', () => {
    const batches = make();
    const [first, second] = [epochOf(batches).flat(), epochOf(batches).flat()];
    expect(pairsOf(second, 0).sort()).not.toEqual(pairsOf(first, 0).sort());
    expect(pairsOf(second, 1)).not.toEqual(pairsOf(first, 1));
  });

  test('are the same for one seed', () => {
    expect(epochOf(make())).toEqual(epochOf(make()));
  });

  test('are as many as they say', () => {
    const batches = make();
    expect(epochOf(batches)).toHaveLength(batches.perEpoch);
  });
});

describe('pointwise batches', () => {
  test.each([1, 7, 64, 1000, 5000])('are whole but for the last, at %d rows', (batchSize) => {
    const sizes = epochOf(pointwise(1, batchSize)).map((rows) => rows.length);
    // 320 positives with 3 negatives each: 1280 rows.
    expect(sizes.slice(0, -1).every((size) => size === batchSize)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(1280);
    expect(sizes).toHaveLength(Math.ceil(1280 / batchSize));
  });

  test('are whole across blocks', () => {
    const rng = createRng(1);
    // 7 positives a block, with one negative each: 46 blocks, the last of 5 positives.
    const lengths = Array.from(
      pointwiseBlocks(train, 1, () => 0, rng, 7),
      ({ labels }) => labels.length,
    );
    expect(lengths).toEqual([...new Array<number>(45).fill(14), 10]);
  });

  test('mix positives with negatives', () => {
    const labels = epochOf(pointwise())
      .flat()
      .map(({ label }) => label);
    // With labels in random order, positions of positives have the mean of all positions, 639.5, and a standard error
    // of sqrt(1280^2 / 12 / 320 * 0.75) = 18.
    const places = labels.flatMap((label, place) => (label === 1 ? [place] : []));
    const mean = places.reduce((sum, place) => sum + place / places.length, 0);
    expect(Math.abs(mean - 639.5)).toBeLessThan(70);
    // A positive follows a positive about as often as it should: 320 * 320 / 1280 = 80 times, give or take 7.
    const runs = places.filter((place, index) => places[index + 1] === place + 1).length;
    expect(Math.abs(runs - 80)).toBeLessThan(30);
  });

  test('work without negatives', () => {
    const batches = pointwiseBatches(train, { negatives: 0, batchSize: 100 }, () => 0, createRng(1));
    expect(pairsOf(epochOf(batches).flat(), 1).sort()).toEqual(trainPairs);
  });
});

describe('grouped batches', () => {
  test('hold whole groups of one user, the positive first', () => {
    for (const rows of epochOf(grouped(30))) {
      // 30 rows hold 7 groups of 4.
      expect(rows.length).toBeLessThanOrEqual(28);
      rows.forEach(({ user, label }, place) => {
        expect(label).toBe(place % 4 === 0 ? 1 : 0);
        expect(user).toBe(rows[place - (place % 4)]!.user);
      });
    }
  });
});
