import { refuse } from '../../../internal/require.js';
import { wilsonInterval } from '../../../statistics/wilson.js';
import { requireLabels } from '../features/labelled-rows.js';
import { type Features, readRows } from '../features/read-rows.js';
import { type MeasureOptions, openMeasure, type Score } from './measure-options.js';

/**
 * How often a classifier takes samples for the class that they should be of: for generated samples, whether a conditional
 * generator does as it is told. Compare with the same classifier's accuracy on real test samples.
 *
 * @param probabilities - `[N, K]`: what the classifier says of each sample, such as `classify` of
 *   {@link trainFeatureExtractor}; logits will do.
 * @param labels - N whole numbers from 0 to K - 1: the classes asked for. A sample counts where its class has the greatest
 *   number in its row and no other has as great a one.
 * @returns The share, with Wilson's interval.
 * @throws RangeError when there is not one label for each row, or labels are no classes of these; the reason of `signal`.
 * @see Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927)
 * @example
 * const probabilities = tensor2d([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7]]);
 * (await classAccuracy(probabilities, [0, 1, 1, 1])).value; // 0.75
 */
export async function classAccuracy(
  probabilities: Features,
  labels: ArrayLike<number>,
  options: MeasureOptions = {},
): Promise<Score> {
  const pause = openMeasure('classAccuracy', options, { signal: true });
  const { values, count, size } = await readRows('classAccuracy', 'probabilities', probabilities, pause);
  if (typeof labels !== 'object' || labels?.length !== count) {
    refuse('classAccuracy', 'labels', `be ${count}, one for each row of \`probabilities\``, labels?.length ?? labels);
  }
  requireLabels('classAccuracy', 'labels', labels, size);
  let hits = 0;
  for (let row = 0; row < count; row += 1) {
    const label = labels[row]!;
    if (row % 64 === 0) await pause();
    const mine = values[row * size + label]!;
    const others = values.subarray(row * size, (row + 1) * size);
    if (others.every((value, kind) => kind === label || value < mine)) hits += 1;
  }
  return { value: hits / count, interval: wilsonInterval(hits, count), samples: { real: 0, generated: count } };
}
