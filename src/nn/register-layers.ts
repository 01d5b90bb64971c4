import { serialization } from '@tensorflow/tfjs-core';
import { ActivationLayer } from './layers/activation-layer.js';
import { AveragePooling } from './layers/average-pooling.js';
import { MaxPooling } from './layers/max-pooling.js';
import { MinibatchSpread } from './layers/minibatch-spread.js';
import { PRelu } from './layers/prelu.js';
import { ReflectionPadding } from './layers/reflection-padding.js';
import { SeededDropout } from './layers/seeded-dropout.js';
import { SpectralNorm } from './layers/spectral-norm.js';
import { UpSampling } from './layers/up-sampling.js';

/**
 * Lets `loadLayersModel` of tfjs load models that contain layers of this library.
 *
 * Call it once, at any time before loading; calling it again, or from a second copy of the library, changes nothing. It
 * keeps all layers in your bundle, which is why nothing calls it for you.
 *
 * @example
 * await discriminator.save('indexeddb://discriminator');
 * registerLayers();
 * const loaded = await loadLayersModel('indexeddb://discriminator');
 * loaded.name; // 'discriminator'
 */
export function registerLayers(): void {
  register(ActivationLayer);
  register(AveragePooling);
  register(MaxPooling);
  register(MinibatchSpread);
  register(PRelu);
  register(ReflectionPadding);
  register(SeededDropout);
  register(SpectralNorm);
  register(UpSampling);
}

function register<T extends serialization.Serializable>(layer: serialization.SerializableConstructor<T>): void {
  if (layer.className in serialization.SerializationMap.getMap().classNameMap) return;
  serialization.registerClass(layer);
}
