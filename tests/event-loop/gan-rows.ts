import {
  buildDiscriminator,
  createPrivacyLedger,
  decodeFeatureExtractor,
  decodeGan,
  encodeFeatureExtractor,
  encodeGan,
  featureExtractorFrom,
  ganSteps,
  trainGan,
} from 'minimart';
import { smallRun } from '../support/gan-pair.js';
import { type EventLoopRows, goThrough, often } from './event-loop-rows.js';
import { largeNetwork } from './large-networks.js';

/** Every asynchronous function of gan/training, and of what is saved. One step is a unit: a small network, many steps. */
export async function ganRows(): Promise<EventLoopRows> {
  const generator = largeNetwork();
  const extractor = featureExtractorFrom(generator);
  const [gan, judge] = [await encodeGan({ generator }), await encodeFeatureExtractor(extractor)];
  return {
    encodeGan: () => often(2, () => encodeGan({ generator })),
    encodeFeatureExtractor: () => often(2, () => encodeFeatureExtractor(extractor)),
    decodeGan: () => often(2, async () => (await decodeGan(gan)).dispose()),
    decodeFeatureExtractor: () => often(2, async () => (await decodeFeatureExtractor(judge)).model.dispose()),
    ganSteps: (signal) => goThrough(ganSteps({ ...smallRun({ steps: 80 }), signal })),
    trainGan: (signal) => trainGan({ ...smallRun({ steps: 80 }), signal }),
    'trainGan, private': (signal) => {
      const ledger = createPrivacyLedger({ epsilon: 50, delta: 1e-4 });
      const discriminator = buildDiscriminator({ inputShape: [4], hidden: [16] });
      const privacy = { ledger, noiseMultiplier: 2, clipNorm: 1 };
      return trainGan({ ...smallRun({ steps: 60 }), discriminator, privacy, signal });
    },
  };
}
