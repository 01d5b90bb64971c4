import { initializers, input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createRng } from '../../../random/rng.js';

/** Sizes of the classifier that {@link trainFeatureExtractor} trains. */
export interface ClassifierConfig {
  /** `[H, W, C]`. */
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly filters: readonly number[];
  readonly featureSize: number;
  readonly seed: number;
}

/** Images in, logits `[B, K]` out: strided convolutions, one dense layer with rectifier, which makes the features, one linear map. */
export function buildClassifier({ inputShape, classes, filters, featureSize, seed }: ClassifierConfig): LayersModel {
  const rng = createRng(seed).stream('init');
  const weights = () => initializers.heNormal({ seed: rng.uint32() });
  const images = input({ shape: [...inputShape], name: 'classifier_images' });
  const parts = [
    ...filters.map((count, index) =>
      layers.conv2d({
        filters: count,
        kernelSize: 4,
        strides: 2,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: weights(),
        name: `classifier_conv_${index}`,
      }),
    ),
    layers.flatten({ name: 'classifier_flat' }),
    layers.dense({
      units: featureSize,
      activation: 'relu',
      kernelInitializer: weights(),
      name: 'classifier_features',
    }),
    layers.dense({
      units: classes,
      kernelInitializer: initializers.glorotUniform({ seed: rng.uint32() }),
      name: 'classifier_logits',
    }),
  ];
  const outputs = parts.reduce((x, layer) => layer.apply(x) as SymbolicTensor, images as SymbolicTensor);
  return model({ inputs: images, outputs, name: 'classifier' });
}
