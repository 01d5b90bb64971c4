import { serialization, tidy } from '@tensorflow/tfjs-core';
import { initializers, type LayersModel, layers, models } from '@tensorflow/tfjs-layers';
import { FileFault, refuseFile } from '../../internal/file-fault.js';
import { refuse } from '../../internal/require.js';
import { registerLayers } from '../../nn/register-layers.js';
import type { JsonObject } from '../document/json.js';
import { isShallow, toJson } from '../document/json.js';
import { requireShallow } from '../document/reader.js';
import type { SavedSnapshot, Snapshot } from '../parts/part.js';
import { modelPart } from '../parts/parts.js';
import { knownClasses } from './model-classes.js';
import { requireGraph } from './require-graph.js';
import { requireUsable } from './require-usable.js';

/** A class of layers, as tfjs registers them. */
export type LayerClass = serialization.SerializableConstructor<layers.Layer>;

/** How deep layers may stand in one another, each some four levels of JSON. */
const deepest = 64;

/** What a model is and what it knows: its layers as JSON, and its weights. */
export async function saveModel(where: string, name: string, model: LayersModel): Promise<Snapshot> {
  let topology: unknown;
  try {
    topology = model.toJSON(undefined, false);
  } catch (error) {
    refuse(where, name, 'be a model whose layers have `getConfig`', error instanceof Error ? error.message : error);
  }
  if (!isShallow(topology, deepest)) refuse(where, name, `be at most ${deepest} levels deep in JSON`, model);
  const { tensors } = await modelPart(model).save();
  return {
    values: { topology: toJson(where, `${name}.topology`, topology) as JsonObject },
    ...(tensors && { tensors }),
  };
}

/**
 * Makes a saved model again. Only layers of tfjs and ours are made, and those of `classes`; no more memory is taken than the
 * file has weights, and for a trial of one sample, after which no layer fails when the model is used.
 *
 * @returns The model. The caller disposes it.
 * @throws FileFault for what cannot be such a model.
 */
export async function readModel(saved: SavedSnapshot, classes: readonly LayerClass[] = []): Promise<LayersModel> {
  // Nothing but these two: whole models of tfjs may name files of weights, which it would fetch.
  const { class_name, config } = saved.values.part('topology').plain();
  const topology = { class_name, config };
  requireShallow('topology', topology, deepest);
  requireClasses(topology, new Set([...knownClasses, ...classes.map(({ className }) => className)]));
  requireGraph(topology);
  registerLayers();
  for (const each of classes) registerOnce(each);
  const numbers = Object.values(saved.tensors).reduce((sum, { values }) => sum + values.length, 0);
  const model = await buildWithin(numbers, () => models.modelFromJSON(topology as never));
  try {
    await requireUsable(model);
    await (await modelPart(model).read(saved))();
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function registerOnce(layer: LayerClass): void {
  const known = serialization.SerializationMap.getMap().classNameMap[layer.className]?.[0];
  if (known === undefined) serialization.registerClass(layer);
}

function requireClasses(value: unknown, known: ReadonlySet<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    if (name === 'class_name' && !(typeof each === 'string' && known.has(each))) {
      refuseFile('hold layers of known classes, or of those in `classes`', each);
    }
    requireClasses(each, known);
  }
}

interface WeightMaker {
  addWeight(name: string, shape: readonly (number | null)[], ...rest: unknown[]): { dispose(): void };
}

/**
 * Builds a model whose weights have at most `numbers` numbers in all. What a config asks for is counted before it is made: a
 * text of a few bytes can ask for any size. Initial values are zeros, as they are overwritten.
 */
async function buildWithin(numbers: number, build: () => Promise<LayersModel>): Promise<LayersModel> {
  const maker = layers.Layer.prototype as object as WeightMaker;
  const original = maker.addWeight;
  const made: { dispose(): void }[] = [];
  let left = numbers;
  maker.addWeight = function (name, shape, dtype, _initializer, ...rest) {
    left -= shape.reduce<number>((product, size) => product * (size ?? Number.NaN), 1);
    if (!(left >= 0)) refuseFile('hold the weights of its layers', `${numbers} numbers in all`);
    const weight = original.call(this, name, shape, dtype, initializers.zeros(), ...rest);
    made.push(weight);
    return weight;
  };
  let building: Promise<LayersModel> | undefined;
  try {
    // All of it is made in this call, though what it returns is a promise.
    tidy(() => {
      building = build();
    });
  } finally {
    maker.addWeight = original;
  }
  try {
    const model = await building!;
    if (typeof model?.predict !== 'function') refuseFile('hold a model', model);
    // Those of layers that lead nowhere would outlive the model.
    const own = new Set<unknown>(model.weights);
    if (!made.every((weight) => own.has(weight))) refuseFile('hold layers that are all used', made.length);
    return model;
  } catch (error) {
    for (const each of made) each.dispose();
    if (error instanceof FileFault) throw error;
    return refuseFile('hold a model that can be built', error instanceof Error ? error.message : error);
  }
}
