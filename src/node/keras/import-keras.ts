import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSafetensorsInPieces } from '../../data/safetensors/decode-safetensors.js';
import type { Safetensor } from '../../data/safetensors/safetensor.js';
import { atFileDoor, refuseFile } from '../../internal/file-fault.js';
import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { headLoss } from '../../nn/embedding/losses/head-loss.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { denseAdam, type EmbeddingOptimizer, lazyAdam } from '../../nn/embedding/training/embedding-optimizer.js';
import type { EmbeddingStepState } from '../../nn/embedding/training/embedding-step-types.js';
import { readModel } from '../../recsys/saving/read-model.js';
import { createReader, type Reader, requireShallow, tensorOf } from '../../saving/document/reader.js';
import { readVocabularies, vocabularyAt } from '../../saving/document/vocabularies.js';
import { requireFiniteTensors } from '../../saving/finite-tensors.js';
import { atFolder } from '../files/at-folder.js';
import { requirePath } from '../files/require-path.js';
import { folderFiles, folderFormat, requireTwin } from './keras-twin.js';
import { momentPlaces } from './moment-places.js';

/** What {@link importKeras} gives. */
export interface KerasImport {
  /** The model, with the weights that Keras left. The caller disposes it. */
  readonly model: EmbeddingModel;
  /** How it was trained, for `createEmbeddingStep`. */
  readonly optimizer: EmbeddingOptimizer;
  /** What the optimizer remembers, for `restore` of the step. */
  readonly state: EmbeddingStepState;
}

const where = 'importKeras';

/**
 * Reads a model from a folder of {@link exportKeras} or of the Python package `minimart_keras`, bit by bit.
 *
 * The folder may come from anybody: nothing in it is run, its four files alone are opened, and all of them are checked before a
 * weight is made. Keras's own configuration is not read: the network stands in `minimart.json`.
 *
 * @param folder - The folder.
 * @returns The model, and how its training goes on.
 * @throws RangeError when the files are none of the format, or hold what does not fit together or is not finite; Error when
 *   the folder cannot be read.
 * @see Chollet et al., "Keras" (2015), https://keras.io; the page docs/keras.md
 * @example
 * await exportKeras('there-and-back', buildDotProduct({ features: { user: shop.users, item: shop.items } }));
 * const { model, state } = await importKeras('there-and-back');
 * model.kind; // 'dotProduct'
 * state.updates; // 0
 */
export async function importKeras(folder: string | URL): Promise<KerasImport> {
  const path = requirePath(where, 'folder', folder);
  const read = (name: string): Promise<Uint8Array> => atFolder(where, path, () => readFile(join(path, name)));
  const text = await read(folderFiles.description);
  const weights = await read(folderFiles.weights);
  const optimizer = await read(folderFiles.optimizer);
  return atFileDoor(where, 'folder', async () => {
    const description = describe(text);
    const list = await piecemeal(readVocabularies(description), createPause());
    const places = description.part('places');
    const vocabularies = Object.fromEntries(places.names().map((name) => [name, vocabularyAt(list, places, name)]));
    const settings = description.part('settings').plain();
    const tensors = inOrder(await decode(weights), settings);
    const moments = await decode(optimizer);
    const training = description.part('training');
    // Before the model, whose variables would have to be disposed.
    const rule = readOptimizer(training.part('optimizer'));
    const updates = training.whole('updates', 0, Number.MAX_SAFE_INTEGER);
    const learningRate = training.number('learningRate');
    if (learningRate < 0) refuseFile('hold a learning rate of at least 0', learningRate);
    const remembered = readMoments(tensors, moments);
    const model = readModel({ settings, tensors, vocabularies });
    try {
      requireTwin(model, (rule, value) => refuseFile(`hold a model with a twin; it must ${rule}`, value));
      const loss = training.text('loss');
      if (loss !== headLoss(model.head).name) refuseFile(`hold the loss '${headLoss(model.head).name}'`, loss);
      return { model, optimizer: rule, state: { updates, learningRate, moments: remembered } };
    } catch (error) {
      model.dispose();
      throw error;
    }
  });
}

function describe(bytes: Uint8Array): Reader {
  let found: unknown;
  try {
    found = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    refuseFile(`hold JSON in ${folderFiles.description}`, error instanceof Error ? error.message : error);
  }
  requireShallow(folderFiles.description, found, 12);
  const description = createReader(found, folderFiles.description);
  const format = description.text('format');
  if (format !== folderFormat) refuseFile(`be of the format '${folderFormat}'`, format);
  return description;
}

type Tensors = Readonly<Record<string, Safetensor>>;

async function decode(bytes: Uint8Array): Promise<Tensors> {
  const { tensors } = await piecemeal(decodeSafetensorsInPieces(bytes), createPause());
  await requireFiniteTensors(tensors, refuseFile);
  return tensors;
}

// Dense weights in the order of the network, which is that of their moments: files have an order of their own.
function inOrder(tensors: Tensors, settings: Readonly<Record<string, unknown>>): Tensors {
  const names = createReader(settings, 'settings').part('network').part('weights').names();
  const dense = names.map((name) => `weights/${name}`);
  const missing = dense.find((name) => !Object.hasOwn(tensors, name));
  if (missing !== undefined) refuseFile('hold the weights of its network', missing);
  const rest = Object.keys(tensors).filter((name) => !dense.includes(name));
  const extra = rest.find((name) => !name.startsWith('table/'));
  if (extra !== undefined) refuseFile('hold no weights but those of its network', extra);
  return Object.fromEntries([...rest, ...dense].map((name) => [name, tensors[name]!]));
}

function readOptimizer(part: Reader): EmbeddingOptimizer {
  const kind = part.text('kind');
  if (kind !== 'adam') refuseFile('hold the optimizer adam', kind);
  const [learningRate, beta1, beta2] = [part.number('learningRate'), part.number('beta1'), part.number('beta2')];
  const settings = { learningRate, beta1, beta2, epsilon: part.number('epsilon') };
  return part.flag('movesUntouchedRows') ? denseAdam(settings) : lazyAdam(settings);
}

function readMoments(tensors: Tensors, moments: Tensors): Readonly<Record<string, Float32Array>> {
  const read: Record<string, Float32Array> = {};
  for (const { name, moment, from, start, whole } of momentPlaces(tensors)) {
    const values = tensorOf({ tensors: moments }, `${name}/${moment}`, Float32Array, tensors[name]!.shape);
    if (moment === 'v' && values.some((value) => value < 0)) refuseFile(`hold squares in '${name}/v'`, 'one below 0');
    read[from] ??= new Float32Array(whole);
    read[from].set(values, start);
  }
  return read;
}
