import type { ArrayData } from 'minimart';

const size = 200;
/** What a picture shows: from -5 to 5 both ways. */
const reach = 5;
const paper = [1, 1, 1];
const ink = [0.1, 0.3, 0.62];

/** Draws sets of points `[x, y]` as pictures of 200 x 200 pixels in colour, 0 to 1; a point darkens a pixel. */
export function scatterPlots(sets: readonly Float32Array[]): ArrayData {
  const values = new Float32Array(sets.length * size * size * 3);
  sets.forEach((points, index) => {
    const hits = new Float32Array(size * size);
    for (let at = 0; at < points.length; at += 2) {
      const [column, row] = [place(points[at]!), size - 1 - place(points[at + 1]!)];
      if (Math.min(column, row) >= 0 && Math.max(column, row) < size) hits[row * size + column]! += 1;
    }
    hits.forEach((count, pixel) => {
      const strength = 1 - 0.35 ** count;
      const mixed = paper.map((light, channel) => light + strength * (ink[channel]! - light));
      values.set(mixed, 3 * (index * size * size + pixel));
    });
  });
  return { values, shape: [sets.length, size, size, 3] };
}

function place(value: number): number {
  return Math.floor((size * (value + reach)) / (2 * reach));
}
