import type { LayersModel } from '@tensorflow/tfjs-layers';
import { restoreScaler } from '../../data/scaling/restore-scaler.js';
import type { Scaler, ScalerState } from '../../data/scaling/scaler.js';
import { atFileDoor } from '../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireGivenFunction, requireText } from '../../internal/require.js';
import { requireNetwork } from '../../nn/models/require-live.js';
import { type PrivacyLedger, requireLedger } from '../../privacy/privacy-ledger.js';
import { encodeDocument } from '../../saving/document/document.js';
import { type JsonObject, toJson } from '../../saving/document/json.js';
import { requireFiniteTensors } from '../../saving/finite-tensors.js';
import { saveModel } from '../../saving/models/model-file.js';
import { joinSnapshots, type Snapshot } from '../../saving/parts/part.js';
import type { GeneratorAverage } from '../training/generator-average.js';
import { fullShape } from '../training/options/condition-shape.js';

/** What the header of a file calls it. */
export const ganFormat = 'minimart gan 1';

/** What belongs to a GAN: see {@link encodeGan}. */
export interface GanParts {
  /** From noise `[B, Z]`, or noise and conditions, to samples `[B, …]`. */
  readonly generator: LayersModel;
  /** Only to train on or to judge: whoever has it can ask what it was trained on. Default: it is left out. */
  readonly discriminator?: LayersModel;
  /** The moving average of the generator, which draws better samples. Default none. */
  readonly average?: Pick<GeneratorAverage, 'model'>;
  /** What each class of a condition is called, in order, such as `['shirt', 'boot']`. Default none. */
  readonly conditionNames?: readonly string[];
  /** What the data were scaled by: who reads the file then draws samples in their units. Default: they were not scaled. */
  readonly scaler?: Scaler;
  /** What was spent on it, where it was trained with `privacy`: the file then holds no discriminator. Default: it was not. */
  readonly privacy?: PrivacyLedger;
  /** Whatever belongs to it, in plain data: the settings it was trained with, its scores, its licence. Default none. */
  readonly notes?: Readonly<Record<string, unknown>>;
}

const names: OptionNames<GanParts> = {
  generator: true,
  discriminator: true,
  average: true,
  conditionNames: true,
  scaler: true,
  privacy: true,
  notes: true,
};

/**
 * Puts a GAN into the bytes of one file: its networks, layers and weights, and what who draws from it needs to know.
 *
 * The file is in the safetensors format, so other languages read its weights, with a description in JSON and a checksum.
 * Optimizers are not in it: to go on training, keep a checkpoint.
 *
 * @param gan - See {@link GanParts}; it stays as it is.
 * @returns The bytes; {@link decodeGan} reads them.
 * @throws RangeError for what is no network, for layers without `getConfig`, where a weight is NaN or infinite, where there
 *   are not as many `conditionNames` as the generator takes classes, and for a `scaler` of other columns.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const bytes = await encodeGan({ generator, notes: { steps: 3000, seed: 7 } });
 * const again = await decodeGan(bytes);
 * again.sampleShape; // [4, 4, 1]
 */
export async function encodeGan(gan: GanParts): Promise<Uint8Array> {
  const where = 'encodeGan';
  requireOptions(where, gan ?? {}, names, 'gan');
  const { generator, discriminator, average, conditionNames, scaler, privacy, notes = {} } = gan;
  requireGenerator(where, generator);
  if (discriminator !== undefined) requireNetwork(where, 'discriminator', discriminator, [1, 2]);
  if (average !== undefined) requireNetwork(where, 'average.model', average.model, [generator.inputs.length]);
  if (privacy !== undefined) requirePrivate(where, privacy, discriminator);
  if (conditionNames !== undefined) requireConditionNames(where, generator, conditionNames);
  const scaling = scaler && requireScaler(where, generator, scaler);
  const networks = { generator, discriminator, average: average?.model };
  const saved: [string, Snapshot][] = [];
  for (const [name, model] of Object.entries(networks)) {
    if (model) saved.push([name, await saveModel(where, name, model)]);
  }
  const { values, tensors } = joinSnapshots(saved);
  await requireFiniteTensors(tensors, (rule, value) => refuse(where, 'gan', rule, value));
  const described: JsonObject = {
    networks: values,
    ...(conditionNames && { conditionNames: [...conditionNames] }),
    ...(scaling && { scaler: toJson(where, 'scaler', scaling) }),
    ...(privacy && { privacy: toJson(where, 'privacy', privacy.state()) }),
    notes: toJson(where, 'notes', notes),
  };
  return atFileDoor(where, 'gan', () => encodeDocument(ganFormat, described, tensors));
}

function requirePrivate(where: string, privacy: PrivacyLedger, discriminator: LayersModel | undefined): void {
  requireLedger(where, 'privacy', privacy);
  if (discriminator === undefined) return;
  const rule = 'be left out beside `privacy`: it was trained on real samples, and can be asked about each of them';
  refuse(where, 'discriminator', rule, discriminator);
}

function requireGenerator(where: string, generator: LayersModel): void {
  requireNetwork(where, 'generator', generator, [1, 2]);
  for (const each of generator.inputs) fullShape(where, 'generator', 'input', each.shape);
  fullShape(where, 'generator', 'output', generator.outputs[0]!.shape);
}

/** The state of a scaler that fits what the generator draws. */
function requireScaler(where: string, generator: LayersModel, scaler: Scaler): ScalerState {
  requireGivenFunction(where, 'scaler.state', scaler.state);
  const { columns } = restoreScaler(scaler.state());
  requireColumns(columns, generator, (rule) => refuse(where, 'scaler', rule, columns));
  return scaler.state();
}

/** Refuses a scaler of other columns than the generator's samples have. */
export function requireColumns(
  columns: number | undefined,
  generator: LayersModel,
  refuseIt: (rule: string) => never,
): void {
  const drawn = generator.outputs[0]!.shape.at(-1);
  if (columns !== undefined && columns !== drawn) refuseIt(`be of ${drawn} columns, as the generator's samples`);
}

/** Refuses names that are not one for each class. */
function requireConditionNames(where: string, generator: LayersModel, given: readonly string[]): void {
  const shape = generator.inputs[1]?.shape;
  if (!shape) refuse(where, 'conditionNames', 'be left out: the generator takes no condition', given);
  if (!Array.isArray(given) || given.length !== shape[1]) {
    refuse(where, 'conditionNames', `be ${shape[1]} names, one for each class`, given);
  }
  for (const [place, name] of given.entries()) requireText(where, `conditionNames[${place}]`, name);
}
