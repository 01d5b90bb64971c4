import { memory, ones, type Scalar, square, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { createRng, type DiffAugmentOptions, diffAugment, type Rng, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';
import { expectClose } from '../../support/expect-close.js';
import { compareFirstOrder, compareSecondOrder, relativeErrorAlong } from '../../support/finite-differences.js';

const nothing = { shift: 0, cutout: 0, brightness: 0, saturation: 0, contrast: 0 };
const [height, width, channels] = [6, 8, 3];
const size = height * width * channels;
const shape = [40, height, width, channels];

/** Images without a 0 in them, so that blank places show. */
function images(seed = 1): Tensor {
  return tensor(
    createRng(seed)
      .fillUniform(new Float32Array(shape[0]! * size))
      .map((each) => each + 0.5),
    shape,
  );
}

/** Each image before and after. */
async function pairs(options: DiffAugmentOptions, rng: Rng = createRng(7)) {
  const before = images();
  const after = diffAugment({ ...nothing, ...options }).apply(before, rng);
  expect(after.shape).toEqual(shape);
  const [old, changed] = [await before.data(), await after.data()];
  return Array.from({ length: shape[0]! }, (_, index) => ({
    before: Array.from(old.slice(index * size, (index + 1) * size)),
    after: Array.from(changed.slice(index * size, (index + 1) * size)),
  }));
}

/** An image with every pixel taken from `row - down`, `column - right`, where there is one. */
function shifted(image: readonly number[], down: number, right: number): number[] {
  const result: number[] = [];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [from, beside] = [row - down, column - right];
      const isInside = from >= 0 && from < height && beside >= 0 && beside < width;
      for (let channel = 0; channel < channels; channel += 1) {
        result.push(isInside ? image[(from * width + beside) * channels + channel]! : 0);
      }
    }
  }
  return result;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const average = (values: readonly number[]) => values.reduce((total, each) => total + each, 0) / values.length;

/** All places of all offsets, and how often each was found. */
function tally(found: readonly string[]): Map<string, number> {
  return found.reduce((counts, each) => counts.set(each, (counts.get(each) ?? 0) + 1), new Map<string, number>());
}

describe.each(backends)('diffAugment on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test('moves each image by whole pixels within its reach, and zeros move in', async () => {
    // A quarter of 6 and of 8 pixels is 2 (1.5 rounded) and 2.
    const found = (await pairs({ shift: 0.25 })).map(({ before, after }) => {
      const places = range(-2, 2).flatMap((down) => range(-2, 2).map((right) => [down, right] as const));
      const fitting = places.filter(([down, right]) => String(shifted(before, down, right)) === String(after));
      expect(fitting).toHaveLength(1);
      return String(fitting[0]);
    });
    // 40 draws from 25 places: fewer than 13 different ones have a chance below 1e-4.
    expect(tally(found).size).toBeGreaterThan(12);
  });

  test('cuts one rectangle out of each image, about any centre', async () => {
    // Half of 6 and of 8 pixels is 3 and 4; a centre on the edge leaves 1 or 2 of 3 rows, and 2 of 4 columns.
    const found = (await pairs({ cutout: 0.5 })).map(({ before, after }) => {
      const blank = range(0, height * width - 1).filter((pixel) => after[pixel * channels] === 0);
      const [rows, columns] = [blank.map((pixel) => Math.floor(pixel / width)), blank.map((pixel) => pixel % width)];
      const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
      const [left, right] = [Math.min(...columns), Math.max(...columns)];
      expect(blank).toHaveLength((bottom - top + 1) * (right - left + 1));
      expect(bottom - top + 1).toBe(top === 0 || bottom === height - 1 ? bottom - top + 1 : 3);
      expect(right - left + 1).toBe(left === 0 || right === width - 1 ? right - left + 1 : 4);
      expect(bottom - top + 1).toBeGreaterThanOrEqual(2);
      expect(right - left + 1).toBeGreaterThanOrEqual(2);
      after.forEach((each, place) => {
        expect(each).toBe(blank.includes(Math.floor(place / channels)) ? 0 : before[place]);
      });
      return `${top},${left},${bottom},${right}`;
    });
    expect(tally(found).size).toBeGreaterThan(20);
  });

  test('adds one number to all of an image', async () => {
    const added = (await pairs({ brightness: 0.3 })).map(({ before, after }) => {
      const differences = after.map((each, place) => each - before[place]!);
      for (const each of differences) expect(each).toBeCloseTo(differences[0]!, 5);
      return differences[0]!;
    });
    expectSpread(added, 0, 0.3);
  });

  test('stretches an image about its mean', async () => {
    const factors = (await pairs({ contrast: 0.5 })).map(({ before, after }) => {
      const middle = average(before);
      const factor = (after[0]! - middle) / (before[0]! - middle);
      after.forEach((each, place) => {
        expect(each).toBeCloseTo(middle + factor * (before[place]! - middle), 4);
      });
      return factor;
    });
    expectSpread(factors, 1, 0.5);
  });

  test('stretches the channels of each pixel about their mean', async () => {
    const factors = (await pairs({ saturation: 1 })).map(({ before, after }) => {
      const pixel = (values: readonly number[], index: number) =>
        values.slice(channels * index, channels * (index + 1));
      const [first, middle] = [pixel(before, 0), average(pixel(before, 0))];
      const widest = first.indexOf(Math.max(...first));
      const factor = (after[widest]! - middle) / (before[widest]! - middle);
      for (const index of range(0, height * width - 1)) {
        const centre = average(pixel(before, index));
        pixel(after, index).forEach((each, channel) => {
          expect(each).toBeCloseTo(centre + factor * (pixel(before, index)[channel]! - centre), 4);
        });
      }
      return factor;
    });
    expectSpread(factors, 1, 1);
  });

  test('has the gradients of first and second order that finite differences give', async () => {
    const x = tensor(createRng(2).fillNormal(new Float32Array(2 * 5 * 4 * 2)), [2, 5, 4, 2]);
    const augmentation = diffAugment({ shift: 0.3 });
    const f = (samples: Tensor) => sum<Scalar>(square(square(augmentation.apply(samples, createRng(3)))));
    expect(await relativeErrorAlong((seed) => compareFirstOrder(f, [x], { seed }))).toBeLessThan(0.01);
    expect(await relativeErrorAlong((seed) => compareSecondOrder(f, [x], { seed }))).toBeLessThan(0.01);
  });

  test('leaves samples as they are when every part is off', async () => {
    const rng = createRng(1);
    const result = diffAugment(nothing).apply(images(), rng);
    await expectClose(result, Array.from(await images().data()), shape, 1e-9);
    expect(rng.state()).toEqual(createRng(1).state());
  });

  test('leaves one tensor, its result', () => {
    const x = images();
    for (const options of [{}, nothing]) {
      const before = memory().numTensors;
      const result = diffAugment(options).apply(x, createRng(1));
      expect(memory().numTensors).toBe(before + 1);
      result.dispose();
      expect(x.isDisposed).toBe(false);
    }
  });
});

/** Every number within reach of the centre, on both sides and far out: 40 uniform draws leave the outer tenth empty 1 in 1e3. */
function expectSpread(values: readonly number[], centre: number, reach: number): void {
  for (const each of values) expect(Math.abs(each - centre)).toBeLessThan(reach * (1 + 1e-4));
  expect(Math.max(...values)).toBeGreaterThan(centre + 0.8 * reach);
  expect(Math.min(...values)).toBeLessThan(centre - 0.8 * reach);
}

test('every call draws anew: real and fake samples are changed in different ways', async () => {
  const rng = createRng(5);
  const augmentation = diffAugment();
  const [first, second, again] = [rng, rng, createRng(5)].map((each) => augmentation.apply(images(), each));
  const [one, other, repeated] = await Promise.all([first!, second!, again!].map((each) => each.data()));
  expect(one).toEqual(repeated);
  expect(one).not.toEqual(other);
});

test("the paper's parts are on by default, and grey images have no saturation to change", async () => {
  const grey = ones([60, 8, 8, 1]);
  const values = await diffAugment().apply(grey, createRng(1)).data();
  const blank = values.filter((each) => each === 0).length / values.length;
  // Of 9 centres, 4 leave less than 4 pixels of 8 in the image: 30 / 9 on average. A shift by 1, in two of three cases,
  // leaves 11 / 12 of an axis.
  const expected = 1 - (1 - (30 / 9 / 8) ** 2) * (11 / 12) ** 2;
  expect(Math.abs(blank - expected)).toBeLessThan(0.05);
  const seen = values.filter((each) => each !== 0);
  expectSpread(Array.from(seen), 1, 0.5);
  const same = await diffAugment({ saturation: 0 }).apply(grey, createRng(1)).data();
  expect(same).toEqual(values);
});

test('what is no image, or out of range, is refused', () => {
  expect(() => diffAugment().apply(ones([4, 28, 28]), createRng(1))).toThrow(
    'diffAugment: `samples` must be images [B, height, width, channels], received [4, 28, 28] (array).',
  );
  for (const name of ['shift', 'cutout', 'saturation', 'contrast']) {
    expect(() => diffAugment({ [name]: 1.5 })).toThrow(
      `diffAugment: \`${name}\` must be a number in [0, 1], received 1.5 (number).`,
    );
  }
  expect(() => diffAugment({ brightness: -1 })).toThrow(
    'diffAugment: `brightness` must be a number >= 0, received -1 (number).',
  );
});
