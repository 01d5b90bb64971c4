import { inStretches, type Pieces, piecemeal } from '../../../internal/pieces.js';
import { type Design, fitLogistic, linearScores } from '../../../statistics/logistic-regression.js';
import { mean, variance } from '../../../statistics/moments.js';
import type { Detector } from './cross-validate.js';
import type { Feature } from './table-features.js';

/** Logistic regression on standardised numbers and one weight for each id, as SDMetrics' LogisticDetection has it. */
export const logisticDetector: Detector = async (known, labels, unknown, pause) => {
  const features = known.filter(({ isFineness }) => !isFineness);
  const scales = features.map(scaleOf);
  await pause();
  const own = await designOf(features, scales, pause);
  const weights = await piecemeal(fitLogistic(own, labels), pause);
  const others = unknown.filter(({ isFineness }) => !isFineness);
  const design = await designOf(others, scales, pause);
  const scores = new Float64Array(design.rows);
  await piecemeal(linearScores(design, weights, scores), pause);
  return scores;
};

interface Scale {
  readonly centre: number;
  readonly deviation: number;
  /** Weights of a column of ids: one for each of the codes from -2, a missing value, on. */
  readonly weights: number;
}

function scaleOf({ isCoded, values }: Feature): Scale {
  const present = values.filter((value) => !Number.isNaN(value));
  const most = present.reduce((one, other) => Math.max(one, other), -1);
  if (isCoded) return { centre: 0, deviation: 1, weights: most + 3 };
  const centre = present.length === 0 ? 0 : mean(present);
  return { centre, deviation: Math.sqrt(variance(present)) || 1, weights: 1 };
}

async function designOf(
  features: readonly Feature[],
  scales: readonly Scale[],
  pause: () => Promise<void>,
): Promise<Design> {
  const rows = features[0]!.values.length;
  const width = features.length;
  const places = new Int32Array(rows * width);
  const values = new Float64Array(rows * width);
  let base = 1;
  for (const [column, { isCoded, values: cells }] of features.entries()) {
    const { centre, deviation, weights } = scales[column]!;
    const fill = (from: number, to: number) => {
      for (let row = from; row < to; row += 1) {
        const cell = cells[row]!;
        const code = Number.isNaN(cell) ? 0 : cell + 2;
        // An id that nobody has seen has no weight.
        places[row * width + column] = isCoded ? (code < weights ? base + code : 0) : base;
        values[row * width + column] = isCoded ? (code < weights ? 1 : 0) : standard(cell, centre, deviation);
      }
    };
    await piecemeal(inStretches(rows, fill) as Pieces<void>, pause);
    base += weights;
  }
  return { rows, width, weights: base, places, values };
}

// A missing value is as the mean.
function standard(value: number, centre: number, deviation: number): number {
  return Number.isNaN(value) ? 0 : (value - centre) / deviation;
}
