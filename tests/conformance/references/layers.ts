import { createRng } from 'minimart';
import { mean } from './dense.js';
import { at, build, combine, type Doubles, map, mapRows } from './doubles.js';

/** Of each channel over all else, with the statistics of this batch: (x - mean) / sqrt(variance + epsilon) * scale + offset. */
export function batchNormalization(x: Doubles, scale: Doubles, offset: Doubles): Doubles {
  const others = x.shape.slice(0, -1).map((_, axis) => axis);
  const centre = mean(x, others);
  const squares = combine(x, centre, (each, middle) => (each - middle) ** 2);
  return normalize(x, centre, mean(squares, others), offset, scale);
}

/** With the statistics given. */
export function normalize(x: Doubles, centre: Doubles, variance: Doubles, offset: Doubles, scale: Doubles): Doubles {
  const slopes = combine(scale, variance, (each, square) => each / Math.sqrt(square + 1e-3));
  const centred = combine(x, centre, (each, middle) => each - middle);
  const scaled = combine(centred, slopes, (each, slope) => each * slope);
  return combine(scaled, offset, (each, added) => each + added);
}

/** Of each row by its own statistics. */
export function layerNormalization(x: Doubles, scale: Doubles, offset: Doubles): Doubles {
  const normal = mapRows(x, (row) => {
    const middle = row.reduce((total, each) => total + each, 0) / row.length;
    const variance = row.reduce((total, each) => total + (each - middle) ** 2, 0) / row.length;
    return row.map((each) => (each - middle) / Math.sqrt(variance + 1e-3));
  });
  const scaled = combine(normal, scale, (each, slope) => each * slope);
  return combine(scaled, offset, (each, added) => each + added);
}

/** Leaky relu with a slope for each channel. */
export function prelu(x: Doubles, slopes: Doubles): Doubles {
  return combine(x, slopes, (each, slope) => (each > 0 ? each : slope * each));
}

/** The mask that a stream of draws gives: of each draw first the lower 16 bits decide, and then the upper. */
export function dropout(x: Doubles, rate: number, seed: number, stream: string): Doubles {
  const rng = createRng(seed).stream(stream);
  const threshold = Math.round((1 - rate) * 65536);
  let drawn = 0;
  let count = 0;
  return map(x, (each) => {
    drawn = count % 2 === 0 ? rng.uint32() : drawn >>> 16;
    count += 1;
    return (drawn & 0xffff) < threshold ? (each * 65536) / threshold : 0;
  });
}

/** The mean over all features of their deviations within the whole batch, behind the features of every place. */
export function spread(x: Doubles): Doubles {
  const [batch] = x.shape;
  const features = x.values.length / batch;
  const column = (feature: number) => Array.from({ length: batch }, (_, row) => x.values[row * features + feature]);
  const deviations = Array.from({ length: features }, (_, feature) => {
    const each = column(feature);
    const middle = each.reduce((total, value) => total + value / batch, 0);
    return Math.sqrt(each.reduce((total, value) => total + (value - middle) ** 2 / batch, 0) + 1e-8);
  });
  const added = deviations.reduce((total, value) => total + value / features, 0);
  const channels = x.shape.at(-1)!;
  return build([...x.shape.slice(0, -1), channels + 1], (...position) =>
    position.at(-1) === channels ? added : at(x, ...position),
  );
}

export function transpose(x: Doubles, order: readonly number[]): Doubles {
  return build(
    order.map((axis) => x.shape[axis]),
    (...position) => at(x, ...x.shape.map((_, axis) => position[order.indexOf(axis)])),
  );
}
