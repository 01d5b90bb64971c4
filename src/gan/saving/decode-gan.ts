import type { serialization } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { ArrayData } from '../../data/array-data.js';
import { restoreScaler } from '../../data/scaling/restore-scaler.js';
import type { Scaler, ScalerState } from '../../data/scaling/scaler.js';
import { atFileDoor, refuseFile } from '../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import type { PrivacyBudget } from '../../privacy/privacy-ledger.js';
import { decodeDocument } from '../../saving/document/document.js';
import { fromJson } from '../../saving/document/json.js';
import { readPrivacyAccount } from '../../saving/document/privacy-account.js';
import { type LayerClass, readModel } from '../../saving/models/model-file.js';
import { partOf } from '../../saving/parts/part.js';
import { type SampleGanOptions, sampleGan } from '../sampling/sample-gan.js';
import { outputRange } from '../training/options/output-range.js';
import { ganFormat, requireColumns } from './encode-gan.js';

/** A GAN that was read from a file. */
export interface SavedGan {
  /** What to draw samples with: the moving average where one was saved, else the generator. */
  readonly generator: LayersModel;
  /** The generator that the average followed; missing where there is no average. */
  readonly trained?: LayersModel;
  /** Missing where it was not saved. */
  readonly discriminator?: LayersModel;
  /** `[Z]`: shape of one sample's noise, which is standard normal. */
  readonly latentShape: readonly number[];
  /** Shape of one sample, such as `[28, 28, 1]`. */
  readonly sampleShape: readonly number[];
  /** `[C]`: shape of one condition; missing where the generator takes none. */
  readonly conditionShape?: readonly number[];
  /** What each class is called, in order; missing where nobody said. */
  readonly conditionNames?: readonly string[];
  /** Least and greatest value of a sample, as far as the last layer bounds them; missing where it does not. */
  readonly valueRange?: readonly [low: number, high: number];
  /** What the data were scaled by; missing where the file says nothing of it. */
  readonly scaler?: Scaler;
  /** What was spent on it; missing where nobody said. Of a stranger's file it is what the stranger says. */
  readonly privacy?: Required<PrivacyBudget>;
  /** What was written beside it. */
  readonly notes: Readonly<Record<string, unknown>>;
  /**
   * Draws samples as `sampleGan` does, in the units of the data where the file has a scaler: numbers on the host, which
   * nobody has to dispose.
   */
  sample(count: number, options?: SampleGanOptions): Promise<ArrayData>;
  /** Frees all networks. */
  dispose(): void;
}

/** Options of {@link decodeGan}. */
export interface DecodeGanOptions {
  /** Classes of layers of your own that the networks may hold. Default: those of tfjs and of this library only. */
  readonly classes?: readonly serialization.SerializableConstructor<layers.Layer>[];
}

const names: OptionNames<DecodeGanOptions> = { classes: true };

/**
 * Reads a GAN from the bytes of {@link encodeGan}: it draws the same samples from the same seed.
 *
 * The file may come from anybody: nothing in it is run, no path or address in it is opened, only layers of known classes are
 * made, and no more memory is taken than the file has weights and one sample needs: it goes through each network, unless that
 * is a large one, so that none fails when it is first used. Damage is found by a checksum.
 *
 * @param bytes - The whole file.
 * @returns The networks and what there is to know of them. The caller disposes them.
 * @throws RangeError when the bytes are no such file, are damaged, or hold what does not fit together.
 * @example
 * const { generator: loaded, valueRange } = await decodeGan(await encodeGan({ generator }));
 * valueRange; // [0, 1]
 * (await sampleGan(loaded, 2, { seed: 7 })).shape; // [2, 4, 4, 1]
 */
export async function decodeGan(bytes: Uint8Array, options: DecodeGanOptions = {}): Promise<SavedGan> {
  const where = 'decodeGan';
  const classes = requireClasses(where, options);
  return atFileDoor(where, 'bytes', () => readGanBytes(bytes, classes));
}

/** Checks the options, and gives the classes in them. */
export function requireClasses(where: string, options: DecodeGanOptions): readonly LayerClass[] {
  requireOptions(where, options, names);
  const { classes = [] } = options;
  if (!Array.isArray(classes)) refuse(where, 'classes', 'be a list of classes', classes);
  for (const [place, each] of classes.entries()) {
    const isClass = typeof each === 'function' && typeof each.className === 'string';
    if (!isClass) refuse(where, `classes[${place}]`, 'be a class of layers with a static `className`', each);
  }
  return classes;
}

/** {@link decodeGan} within a reader of files. */
export async function readGanBytes(bytes: Uint8Array, classes: readonly LayerClass[]): Promise<SavedGan> {
  const { description, tensors } = await decodeDocument(bytes, [ganFormat]);
  const values = description.part('networks');
  const made: LayersModel[] = [];
  const read = async (name: string): Promise<LayersModel | undefined> => {
    if (!values.has(name)) return undefined;
    const model = await readModel(partOf({ values, tensors }, name), classes);
    made.push(model);
    return model;
  };
  const dispose = () => {
    for (const each of made.splice(0)) each.dispose();
  };
  try {
    const generator = (await read('generator')) ?? refuseFile('hold a generator', undefined);
    const average = await read('average');
    const discriminator = await read('discriminator');
    const conditionNames = description.has('conditionNames') ? description.texts('conditionNames') : undefined;
    const privacy = readPrivacyAccount(description);
    const drawing = average ?? generator;
    const scaler = description.has('scaler') ? readScaler(description.part('scaler').plain(), drawing) : undefined;
    if (drawing.inputs.length !== generator.inputs.length) refuseFile('hold an average of its generator', average);
    return {
      generator: drawing,
      ...(average && { trained: generator }),
      ...(discriminator && { discriminator }),
      ...whatItTakes(drawing, conditionNames),
      ...(scaler && { scaler }),
      ...(privacy && { privacy }),
      notes: fromJson(description.part('notes').plain()) as Record<string, unknown>,
      sample: (count, options = {}) => drawOnHost(drawing, count, options, scaler),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

function readScaler(state: unknown, generator: LayersModel): Scaler {
  const scaler = restoreScaler(state as ScalerState);
  requireColumns(scaler.columns, generator, (rule) => refuseFile(`hold a scaler that must ${rule}`, scaler.columns));
  return scaler;
}

async function drawOnHost(
  generator: LayersModel,
  count: number,
  options: SampleGanOptions,
  scaler: Scaler | undefined,
): Promise<ArrayData> {
  const samples = await sampleGan(generator, count, options);
  try {
    const { shape } = samples;
    return scaler ? await scaler.invert(samples) : { values: await samples.data<'float32'>(), shape };
  } finally {
    samples.dispose();
  }
}

function whatItTakes(generator: LayersModel, conditionNames: readonly string[] | undefined) {
  const { inputs, outputs } = generator;
  if (inputs.length > 2 || outputs.length !== 1) refuseFile('hold a generator of one or two inputs', inputs.length);
  const [latentShape, conditionShape] = inputs.map(({ shape }) => sizesOf(shape));
  if (conditionNames && conditionNames.length !== conditionShape?.[0]) {
    refuseFile(`hold ${conditionShape?.[0] ?? 0} names of conditions`, conditionNames.length);
  }
  const range = outputRange(generator);
  return {
    latentShape: latentShape!,
    sampleShape: sizesOf(outputs[0]!.shape),
    ...(conditionShape && { conditionShape }),
    ...(conditionNames && { conditionNames }),
    ...(range && {
      valueRange: [range.low, range.high === Number.MAX_VALUE ? Number.POSITIVE_INFINITY : range.high] as const,
    }),
  };
}

function sizesOf(shape: readonly (number | null)[]): readonly number[] {
  const sizes = shape.slice(1);
  if (sizes.includes(null)) refuseFile('hold a generator of fixed sizes', shape);
  return sizes as number[];
}
