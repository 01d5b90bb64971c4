// A loss, a penalty and a layer of one's own in trainGan: npx tsx examples/custom-loss.ts [STEPS]
//
// Least squares with other targets (Mao et al. 2017, a = -1, b = 1, c = 0), a drift penalty that keeps scores near 0 (Karras et
// al. 2018), and a layer that squares. When not to use it: recommendedGan() has settings that were measured; write your own
// to try an idea, and measure it beside those.
import '@tensorflow/tfjs-backend-wasm';
import { add, mean, mul, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  type AdversarialLoss,
  adam,
  buildGenerator,
  columnScaler,
  createRng,
  layerBase,
  type Penalty,
  sampleGan,
  trainGan,
  useBackend,
} from 'minimart';

const steps = Number(process.argv[2] ?? 1000);

const shiftedSquares: AdversarialLoss = {
  name: 'shifted squares',
  discriminator: (real, fake) => mul(0.5, add(mean(square(sub(real, 1))), mean(square(add(fake, 1))))),
  generator: (fake) => mul(0.5, mean(square(fake))),
};
const drift: Penalty = { name: 'drift', weight: 1e-3, compute: ({ realLogits }) => mean(square(realLogits)) };

class WithSquares extends layerBase() {
  static className = 'WithSquares';
  override computeOutputShape(shape: number[]): number[] {
    return shape;
  }
  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const input = Array.isArray(inputs) ? inputs[0]! : inputs;
      return add(input, mul(0.1, square(input)));
    });
  }
}

await useBackend('wasm');
const values = createRng(1)
  .fillNormal(new Float32Array(1000))
  .map((value) => 20 + 3 * value);
const scaler = await columnScaler({ values, shape: [1000, 1] });
const generator = buildGenerator({ latentSize: 2, hidden: [16], outputShape: [1] });
const discriminator = sequential({
  layers: [
    layers.dense({ inputShape: [1], units: 16, activation: 'relu' }),
    new WithSquares({}),
    layers.dense({ units: 1 }),
  ],
});
const { history } = await trainGan({
  generator,
  discriminator,
  data: await scaler.apply({ values, shape: [1000, 1] }),
  loss: shiftedSquares,
  penalties: [drift],
  generatorOptimizer: adam({ learningRate: 2e-3, beta1: 0.5 }),
  discriminatorOptimizer: adam({ learningRate: 2e-3, beta1: 0.5 }),
  batchSize: 100,
  steps,
  seed: 7,
});
const drawn = await scaler.invert(await sampleGan(generator, 1000, { seed: 1 }));
const [average] = (await columnScaler(drawn)).state().offsets;
console.log(`drift ${history.at(-1)?.penalties?.drift?.toFixed(4)}, mean ${average?.toFixed(1)} of data around 20`);
