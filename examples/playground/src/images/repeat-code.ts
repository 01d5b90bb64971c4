import { recipe } from './recipe.js';
import { type RunSettings, sheetSide } from './settings.js';

/** Code for Node that does what the page did, with the same seed, data and settings. */
export function repeatCode(settings: RunSettings): string {
  const { rate, penalty, seed, steps, start, pictures } = settings;
  const hasSketch = start === 'sketch' && pictures !== 'own';
  const optimizer = `adam({ learningRate: ${rate}, beta1: ${recipe.beta1} })`;
  const held = `{ weight: ${penalty}, every: ${recipe.penaltyEvery} }`;
  const penalties = penalty > 0 ? `[minimart.r1Penalty(${held}), minimart.r2Penalty(${held})]` : '[]';
  const network = `hidden: [${recipe.hidden.join(', ')}]`;
  return `// A run of the minimart playground, in Node: npm install minimart @tensorflow/tfjs-core @tensorflow/tfjs-layers
// @tensorflow/tfjs-backend-wasm, then node repeat.mjs. It ends with the bits of the page where that ran on wasm.
import '@tensorflow/tfjs-backend-wasm';
import * as minimart from 'minimart';
${pictures === 'own' ? "import { readFile } from 'node:fs/promises';\n" : ''}import { enableFusedProducts, ${hasSketch ? 'readGan, ' : ''}${pictures === 'own' ? '' : 'readIdx, '}writeGan, writeImageGrid } from 'minimart/node';

const { adam, ${hasSketch ? '' : 'buildDiscriminator, buildGenerator, '}generatorAverage, sampleGan, trainGan, useBackend } = minimart;
enableFusedProducts(); // as browsers have them
await useBackend('wasm');
${dataLines(pictures)}
${hasSketch ? startLines : freshLines(network, seed)}
const average = generatorAverage(generator, { decay: ${recipe.decay} });
const run = await trainGan({
  generator,
  discriminator,
  average,
  data,
  loss: minimart.relativisticPairingLoss(),
  penalties: ${penalties},
  generatorOptimizer: ${optimizer},
  discriminatorOptimizer: ${optimizer},
${pictures === 'own' ? '  // Where there are fewer than 1,000.\n  ...(count < 1000 && { augmentation: minimart.diffAugment() }),\n' : ''}  observers: [minimart.ganDoctor({ every: 50, warmUp: 200 })],
  batchSize: ${recipe.batchSize},
  steps: ${steps},
  seed: ${seed},
  onProgress: ({ step, losses, findings = [] }) => {
    if (step % 100 === 0) console.log(step, losses.discriminator.toFixed(2), losses.generator.toFixed(2));
    for (const { verdict, evidence } of findings) console.log(verdict + ': ' + evidence);
  },
});
await writeGan('trained.safetensors', { generator, discriminator, average });
await writeImageGrid('drawn.png', await sampleGan(run.generator, ${sheetSide * sheetSide}, { seed: 1 }), { columns: ${sheetSide} });
`;
}

const startLines = `const start = await readGan('start.safetensors'); // the playground saves it: "networks at step 0"
const { generator, discriminator } = start;`;

function freshLines(network: string, seed: number): string {
  return `const shape = data.shape.slice(1);
const generator = buildGenerator({
  latentSize: ${recipe.latentSize},
  ${network},
  normalization: 'batch',
  seed: ${seed},
  outputShape: shape,
  outputActivation: 'sigmoid',
});
const discriminator = buildDiscriminator({ inputShape: shape, ${network}, seed: ${seed} });`;
}

function dataLines(pictures: RunSettings['pictures']): string {
  if (pictures === 'own') {
    return `// The playground saves them: "your pictures".
const { values: bytes, shape: [count, side, , channels] } = minimart.decodeSafetensors(await readFile('pictures.safetensors')).tensors.pictures;
${repeated}`;
  }
  return `// The test images of Fashion-MNIST, from https://github.com/zalandoresearch/fashion-mnist
const [count, side, channels] = [${pictures === 'three' ? 3 : 4000}, 28, 1];
const bytes = (await readIdx('t10k-images-idx3-ubyte.gz')).values.subarray(0, count * side * side);
${repeated}`;
}

const repeated = `const times = Math.ceil(${recipe.batchSize} / count); // over again until a batch can be filled
const values = Float32Array.from({ length: times * bytes.length }, (_, at) => bytes[at % bytes.length] / 255);
const data = { values, shape: [times * count, side, side, channels] };`;
