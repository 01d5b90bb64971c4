// From a folder of pictures to a trained GAN and a grid of samples: npx tsx examples/picture-folder.ts FOLDER [STEPS] [OUT]
//
// The folders in FOLDER are labels, each column of the grid is one. When not to use it: with fewer than some hundreds of pictures a GAN
// repeats them or draws noise, and a picture that exists is better than one that was made up.
import '@tensorflow/tfjs-backend-wasm';
import { recommendedGan, sampleGan, trainGan, useBackend } from 'minimart';
import { progressBar, readImageFolder, writeGan, writeImageGrid } from 'minimart/node';

const [folder = 'pictures', steps = '2000', out = '.'] = process.argv.slice(2);

await useBackend('wasm');
const { images, labels, labelNames } = await readImageFolder(folder, { size: [32, 32], onProgress: progressBar() });
const gan = recommendedGan({ sampleShape: images.shape.slice(1), condition: { size: labelNames.length } });
const run = { ...gan, data: images, conditions: labels, batchSize: Math.min(64, labels.length) };
await trainGan({ ...run, steps: Number(steps), seed: 7, onProgress: progressBar() });
const conditions = Array.from({ length: 8 * labelNames.length }, (_, place) => place % labelNames.length);
const samples = await sampleGan(gan.average.model, conditions.length, { conditions });
const synthetic = { generator: 'examples/picture-folder.ts of minimart' };
await writeImageGrid(`${out}/samples.png`, samples, { columns: labelNames.length, scale: 3, synthetic });
await writeGan(`${out}/gan.safetensors`, {
  generator: gan.generator,
  average: gan.average,
  conditionNames: labelNames,
});
console.log(`${out}/samples.png  a column for each of ${labelNames.join(', ')}`);
