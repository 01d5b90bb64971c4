import { placesOf } from './convolutions.js';
import { at, build, type Doubles } from './doubles.js';

interface Window {
  readonly size: number;
  readonly stride: number;
  readonly pad: 'same' | 'valid';
}

export const greatest = (values: readonly number[]): number => Math.max(...values);

export const average = (values: readonly number[]): number =>
  values.reduce((total, each) => total + each, 0) / values.length;

/** Makes one number of what each window sees; what a window has beyond the edge it does not see. */
export function pool(x: Doubles, { size, ...steps }: Window, f: (values: readonly number[]) => number): Doubles {
  const channels = x.shape[3];
  const places = placesOf(x.shape, [size, size, channels, channels], steps);
  return build(places.outputShape, (image, outRow, outColumn, channel) => {
    const rows = inside(outRow * steps.stride - places.top, size, places.height);
    const columns = inside(outColumn * steps.stride - places.left, size, places.width);
    return f(rows.flatMap((row) => columns.map((column) => at(x, image, row, column, channel))));
  });
}

/** Each pixel as a block. */
export function repeatPixels(x: Doubles, [rows, columns]: readonly [number, number]): Doubles {
  const [batch, height, width, channels] = x.shape;
  return build([batch, height * rows, width * columns, channels], (image, row, column, channel) =>
    at(x, image, Math.floor(row / rows), Math.floor(column / columns), channel),
  );
}

/** Linear between the centres of pixels, which repeat beyond the outermost. */
export function interpolatePixels(x: Doubles, factor: number): Doubles {
  const [batch, height, width, channels] = x.shape;
  return build([batch, height * factor, width * factor, channels], (image, row, column, channel) => {
    const across = (y: number) => between(column, width, factor, (from) => at(x, image, y, from, channel));
    return between(row, height, factor, across);
  });
}

/** Rows and columns added on every side: mirrored, the outermost not repeated. */
export function reflectPixels(x: Doubles, padding: number): Doubles {
  const [batch, height, width, channels] = x.shape;
  const mirror = (position: number, length: number) => {
    const distance = Math.abs(position - padding);
    return Math.min(distance, 2 * (length - 1) - distance);
  };
  return build([batch, height + 2 * padding, width + 2 * padding, channels], (image, row, column, channel) =>
    at(x, image, mirror(row, height), mirror(column, width), channel),
  );
}

function inside(start: number, size: number, length: number): number[] {
  return Array.from({ length: size }, (_, index) => start + index).filter((each) => each >= 0 && each < length);
}

function between(index: number, length: number, factor: number, valueAt: (from: number) => number): number {
  const position = Math.min(Math.max((index + 0.5) / factor - 0.5, 0), length - 1);
  const [before, after] = [Math.floor(position), Math.ceil(position)];
  return valueAt(before) + (position - before) * (valueAt(after) - valueAt(before));
}
