import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeSafetensorsInPieces, type SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse, requireNonNegative, requireWholeNumber } from '../../internal/require.js';
import { headLoss } from '../../nn/embedding/losses/head-loss.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { requireModel, requireOptimizer } from '../../nn/embedding/training/check-training.js';
import { denseAdam, type EmbeddingOptimizer } from '../../nn/embedding/training/embedding-optimizer.js';
import type { EmbeddingStepState } from '../../nn/embedding/training/embedding-step-types.js';
import { stateOfModel } from '../../recsys/saving/model-state.js';
import { createVocabularyList } from '../../saving/document/vocabularies.js';
import { requireFiniteTensors } from '../../saving/finite-tensors.js';
import { atFolder } from '../files/at-folder.js';
import { requirePath } from '../files/require-path.js';
import { writeWhole } from '../files/write-file.js';
import { kerasConfig } from './keras-config.js';
import { folderFiles, folderFormat, requireTwin } from './keras-twin.js';
import { momentPlaces } from './moment-places.js';

/** Options of {@link exportKeras}. */
export interface ExportKerasOptions {
  /** How training goes on: `denseAdam()` or `lazyAdam()`. Default `denseAdam()`. */
  readonly optimizer?: EmbeddingOptimizer;
  /** What it remembers, from `state()` of an embedding step. Default nothing: it starts anew. */
  readonly state?: EmbeddingStepState;
}

const where = 'exportKeras';
const names: OptionNames<ExportKerasOptions> = { optimizer: true, state: true };

/**
 * Writes a model to a folder from which the Python package `minimart_keras` rebuilds it in Keras 3 on JAX, to train it there.
 *
 * Models of `buildEmbeddingMlp`, `buildDotProduct` and `buildNeuMf` have a twin, whose inputs are categories or numbers that a
 * batch brings. The folder holds `minimart.json` (features, vocabularies, network, loss and settings by name), `keras.json`
 * (Keras's configuration), `weights.safetensors` and `optimizer.safetensors`. The loss is that of the model's head.
 *
 * @param folder - A folder that is not there yet; it comes to be whole or not at all.
 * @param model - Stays as it is.
 * @param options - How training goes on.
 * @throws RangeError, by name, for a kind without a twin (two towers, GMF), for features that the model looks up by user or item,
 *   bags, dropout, another optimizer than Adam, a state that does not fit, weights that are not finite, and a folder that is
 *   there; Error when the folder cannot be written.
 * @see Chollet et al., "Keras" (2015), https://keras.io; the page docs/keras.md
 * @example
 * const model = buildDotProduct({ features: { user: shop.users, item: shop.items }, embeddingSize: 8 });
 * await exportKeras('to-keras', model, { optimizer: lazyAdam() });
 */
export async function exportKeras(
  folder: string | URL,
  model: EmbeddingModel,
  options: ExportKerasOptions = {},
): Promise<void> {
  requireOptions(where, options, names);
  const target = requirePath(where, 'folder', folder);
  requireModel(where, model);
  requireTwin(model, (rule, value) => refuse(where, 'model', rule, value));
  const { optimizer = denseAdam(), state } = options;
  requireOptimizer(where, optimizer);
  if (optimizer.kind !== 'adam') refuse(where, 'optimizer', 'have a twin: denseAdam() or lazyAdam()', optimizer.kind);
  const { tensors, vocabularies = {}, settings } = await stateOfModel(model);
  const moments = momentsOf(tensors!, state);
  const list = createVocabularyList();
  const places = Object.fromEntries(Object.entries(vocabularies).map(([name, each]) => [name, list.place(each)]));
  const training = {
    loss: headLoss(model.head).name,
    optimizer,
    updates: state?.updates ?? 0,
    learningRate: state?.learningRate ?? optimizer.learningRate,
  };
  const description = { format: folderFormat, settings, training, places, vocabularies: list.states() };
  for (const [argument, each] of [
    ['model', tensors!],
    ['state', moments],
  ] as const)
    await requireFiniteTensors(each, (rule, value) => refuse(where, argument, rule, value));
  await writeFolder(target, [
    [folderFiles.description, JSON.stringify(description)],
    [folderFiles.config, JSON.stringify(kerasConfig(model))],
    [folderFiles.weights, await encode(tensors!)],
    [folderFiles.optimizer, await encode(moments)],
  ]);
}

type Tensors = Readonly<Record<string, SafetensorInput>>;

// Two moments for each tensor of the model, in its shape: those of dense weights stand one behind the other in the state.
function momentsOf(tensors: Tensors, state: EmbeddingStepState | undefined): Tensors {
  if (state) {
    requireWholeNumber(where, 'state.updates', state.updates);
    requireNonNegative(where, 'state.learningRate', state.learningRate);
  }
  const moments: Record<string, SafetensorInput> = {};
  const places = momentPlaces(tensors);
  for (const { name, moment, from, start, length, whole } of places) {
    const found = state ? state.moments?.[from] : new Float32Array(whole);
    if (!(found instanceof Float32Array && found.length === whole)) {
      refuse(where, `state.moments['${from}']`, `be a Float32Array of ${whole} numbers`, found?.length);
    }
    moments[`${name}/${moment}`] = { shape: tensors[name]!.shape, values: found.subarray(start, start + length) };
  }
  return moments;
}

async function encode(tensors: Tensors): Promise<Uint8Array> {
  return piecemeal(encodeSafetensorsInPieces(tensors, { format: folderFormat }), createPause());
}

// A new folder beside it takes its place once all files are on the disk.
async function writeFolder(target: string, files: readonly (readonly [string, string | Uint8Array])[]): Promise<void> {
  const present = await stat(target).catch(() => undefined);
  if (present) refuse(where, 'folder', 'not be there yet', target);
  const temporary = `${target}.${randomUUID()}.tmp`;
  await atFolder(where, target, async () => {
    try {
      await mkdir(temporary);
      for (const [name, content] of files) await writeWhole(join(temporary, name), content);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  });
}
