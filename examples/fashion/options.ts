import { parseArgs } from 'node:util';
import { oneOf, wholeNumber } from '../shared/option-values.js';
import { common, recipes, type Settings } from './settings.js';

export const help = `Trains a small GAN on pictures of garments (Fashion-MNIST) and writes what it learnt to draw.

npm start -- [options]

  --network NAME         recommended (told which garment it is), dense or conv (${common.network})
  --epochs N             passes over the images (${epochs()})
  --steps N              stop after N steps, whatever --epochs says
  --batch-size N         images in a step (${recipes[common.network].batchSize})
  --seed N               fixes everything random (${common.seed})
  --backend wasm|cpu     where TensorFlow.js computes (${common.backend})
  --data DIR             folder with the IDX files of Fashion-MNIST, compressed or not: with all four, 70,000 images
                         (default: the 10,000 in examples/data/fashion-mnist)
  --out DIR              folder for pictures and report (${common.out})
  --resume               go on with the run that was stopped, to the same end as if it had not been
  --help                 this text

Ctrl-C stops after the step at work, keeps a checkpoint in DIR/checkpoints and still writes the report; a second Ctrl-C
stops at once, with the checkpoint of at most 20 seconds before.
`;

function epochs(): string {
  return Object.entries(recipes)
    .map(([name, recipe]) => `${name} ${recipe.epochs}`)
    .join(', ');
}

/** Reads the command line. Returns `'help'` when it asks for that; throws Error with a sentence for what it cannot use. */
export function readOptions(args: readonly string[]): Settings | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      network: { type: 'string', default: common.network },
      backend: { type: 'string', default: common.backend },
      seed: { type: 'string', default: String(common.seed) },
      epochs: { type: 'string' },
      steps: { type: 'string' },
      'batch-size': { type: 'string' },
      data: { type: 'string', default: common.data },
      out: { type: 'string', default: common.out },
      resume: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const network = oneOf('network', values.network, ['recommended', 'dense', 'conv']);
  const recipe = recipes[network];
  return {
    ...common,
    ...recipe,
    network,
    backend: oneOf('backend', values.backend, ['wasm', 'cpu']),
    seed: wholeNumber('seed', values.seed, 0) ?? common.seed,
    epochs: wholeNumber('epochs', values.epochs, 1) ?? recipe.epochs,
    steps: wholeNumber('steps', values.steps, 1),
    batchSize: wholeNumber('batch-size', values['batch-size'], 1) ?? recipe.batchSize,
    data: values.data,
    out: values.out,
    resume: values.resume,
  };
}
