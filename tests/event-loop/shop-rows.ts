import { buildGenerator, buildPreferenceDiscriminator, trainAdversarialRecommender } from 'minimart';
import { tasteGroups } from '../support/taste-groups.js';
import type { EventLoopRows } from './event-loop-rows.js';

/** Every asynchronous function of shop. */
export function shopRows(): EventLoopRows {
  const { train } = tasteGroups();
  const size = { preferenceSize: 3, featureSize: 3, hidden: [16] };
  const values = Float32Array.from({ length: 3 * train.items.size }, (_, index) => Math.sin(index));
  return {
    trainAdversarialRecommender: (signal) =>
      trainAdversarialRecommender({
        interactions: train,
        itemFeatures: { values, shape: [train.items.size, 3] },
        generator: buildGenerator({ latentSize: 2, hidden: [16], outputShape: [3], condition: { size: 3 } }),
        discriminator: buildPreferenceDiscriminator({ ...size, join: 'projection' }),
        batchSize: 64,
        steps: 80,
        draws: 4,
        signal,
      }),
  };
}
