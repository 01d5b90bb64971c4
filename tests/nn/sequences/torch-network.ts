import { createEmbeddingTable, createVocabulary } from 'minimart';
import { planSequence } from '../../../src/nn/sequences/network/sequence-plan.js';
import type { SasRecModel } from '../../../src/nn/sequences/sas-rec-model.js';

/**
 * A small network whose every number has a formula, so that it can be made elsewhere too. `torchLoss` and what follows were
 * computed in double precision by PyTorch 2.13.0: layer_norm, scaled_dot_product_attention with is_causal, softplus, autograd.
 * The exponent is 3 / 6 * (0.75 * (1 - 6 / 3) + 6 / 3) = 0.625; a negative that is the target is left out.
 */
export function torchModel(): SasRecModel {
  const config = { embeddingSize: 4, blocks: 2, heads: 2, maxLength: 5, dropout: 0 };
  const { parameters: count } = planSequence(config);
  const table = createEmbeddingTable({ rows: 7, size: 4, deviation: 0 });
  for (let at = 0; at < 28; at += 1) table.values[at] = 0.8 * Math.cos(0.23 * at ** 2 + 0.2);
  return {
    config,
    items: createVocabulary([0, 1, 2, 3, 4, 5, 6]),
    table,
    parameters: Float32Array.from({ length: count }, (_, at) => 0.9 * Math.sin(0.37 * at ** 2 + 0.3)),
    learnedItems: new Uint8Array(7).fill(1),
  };
}

/** Two sequences, what came next, and three negatives for each. */
export const torchBatch = {
  offsets: [0, 5, 8],
  items: Int32Array.of(0, 3, 1, 6, 2, 5, 2, 4),
  targets: Int32Array.of(3, 1, 6, 2, 4, 2, 4, 0),
  negatives: Int32Array.of(5, 0, 1, 6, 1, 3),
};

/** What comes out for the latest item of each. */
export const torchVectors = [
  [1.579331275, 1.063933479, -1.338656727, 0.994511208],
  [1.796022781, 0.877510776, -1.109585764, 1.294707686],
];

export const torchLoss = 0.8715297629575312;

/** The gradient by every 17th parameter. */
export const torchGradients = [
  0.001063266, -0.000501496, 0.001645101, 0.00063715, -9.0619e-5, -0.000577265, -0.000647632, 0, -0.017053886,
  -0.000724535, -0.002412864, 0.000164391, -0.017729526, -0.000637387, -0.000231514, 0.001552658,
];

/** The gradient by the items' vectors. */
export const torchItemGradients = [
  0.176381425, 0.112395386, -0.145066089, 0.114306998, 0.242595568, 0.132796255, -0.16734285, 0.165923141, -0.041385876,
  -0.025950112, 0.033250973, -0.038896504, 0.037180145, 0.013645485, -0.015948748, 0.02850176, -0.06057209,
  -0.035019491, 0.044071509, -0.040962226, 0.074303947, 0.046954166, -0.058902621, 0.047564669, 0.12665846, 0.06131346,
  -0.076751497, 0.088721708,
];
