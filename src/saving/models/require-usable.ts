import { getBackend, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { refuseFile } from '../../internal/file-fault.js';
import { prepareBackend } from '../../kernels/prepare-backend.js';
import { walkLayers } from '../../nn/models/walk-layers.js';

type Shape = readonly (number | null)[];

/** One use of a layer within a network. */
interface Use {
  readonly layer: layers.Layer;
  readonly taken: readonly Shape[];
  readonly given: readonly Shape[];
}

/** Most numbers that a layer of a saved model may give for one sample. */
const mostOutputs = 2 ** 26;
/** Most multiplications of the trial: some 20 milliseconds of plain loops, and of kernels. */
const [mostInLoops, mostInKernels] = [2 ** 23, 2 ** 26];
/** What a step of a loop over time costs besides its multiplications. */
const loopStep = 2 ** 14;

/**
 * Refuses a network that tfjs builds and then cannot run: it looks at some sizes only when a network is used. What layers
 * give is compared with what they take, and one sample of zeros goes through a network that is not too large for that.
 *
 * @throws FileFault
 */
export async function requireUsable(model: LayersModel): Promise<void> {
  const uses = usesOf(model);
  for (const use of uses) requireSizes(use);
  const shapes = model.inputs.map(({ shape }) => [shape[0] ?? 1, ...shape.slice(1)]);
  const isFixed = shapes.every((shape) => !shape.includes(null));
  // A trial would change what layers with a state remember.
  if (!isFixed || walkLayers(model).some(({ layer }) => layer.stateful)) return;
  await prepareBackend();
  const samples = Math.max(...shapes.map(([batch]) => batch!));
  const most = getBackend() === 'cpu' ? mostInLoops : mostInKernels;
  if (uses.reduce((sum, use) => sum + samples * costOf(use), 0) <= most) tryOut(model, shapes as number[][]);
}

function tryOut(model: LayersModel, shapes: readonly number[][]): void {
  try {
    tidy(() => {
      const inputs = shapes.map((shape, at) => zeros(shape, model.inputs[at]!.dtype));
      model.apply(inputs.length === 1 ? inputs[0]! : inputs, { training: false }) as Tensor | Tensor[];
    });
  } catch (error) {
    refuseFile('hold a model that can be used', error instanceof Error ? error.message : error);
  }
}

function usesOf(model: LayersModel): Use[] {
  return walkLayers(model).flatMap(({ layer }) =>
    layer.inboundNodes.map(({ inputShapes, outputShapes }) => ({
      layer,
      taken: shapesOf(inputShapes),
      given: shapesOf(outputShapes),
    })),
  );
}

function requireSizes({ layer, taken, given }: Use): void {
  for (const shape of given) {
    if (!shape.every((size) => size === null || (Number.isSafeInteger(size) && size > 0))) {
      refuseFile('hold layers that give something', shape);
    }
    if (!(numbersOf(shape) <= mostOutputs)) {
      refuseFile(`hold layers that give at most ${mostOutputs} numbers for a sample`, shape);
    }
  }
  if ('targetShape' in layer) requireSameNumbers(taken[0]!.slice(1), given[0]!.slice(1));
}

// At most one size may be left open, and follows from the others.
function requireSameNumbers(taken: Shape, given: Shape): void {
  const open = given.filter((size) => size === null).length;
  if (open === 0 && taken.includes(null)) return;
  const [from, to] = [numbersOf(taken), numbersOf(given)];
  const fits = open === 0 ? from === to : open === 1 && from % to === 0;
  if (!fits) refuseFile(`hold a reshape of [${taken.join(', ')}] to as many numbers`, [...given]);
}

/**
 * Multiplications of one sample, rather too many than too few: each weight at each place, all that a window or a product of
 * two inputs looks at for each number given, and the steps of layers that hold others or a cell, which they may repeat over time.
 */
function costOf({ layer, taken, given }: Use): number {
  const weights = layer.weights.reduce((sum, { shape }) => sum + numbersOf(shape), 0);
  const places = Math.max(...[...taken, ...given].map((shape) => numbersOf(shape.slice(1, -1))));
  const numbers = Math.max(...[...taken, ...given].map(numbersOf));
  const window = 'poolSize' in layer ? [layer.poolSize].flat().reduce<number>(multiplied, 1) : 8;
  const looked = 'axes' in layer ? Math.max(...taken.map(numbersOf)) : window;
  const steps = 'cell' in layer || 'layer' in layer ? (taken[0]?.[1] ?? 1) : 0;
  return weights * places + numbers * looked + steps * loopStep;
}

function multiplied(product: number, each: unknown): number {
  return product * Number(each);
}

function numbersOf(shape: Shape): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}

function shapesOf(given: Shape | readonly Shape[]): readonly Shape[] {
  return Array.isArray(given[0]) ? (given as readonly Shape[]) : [given as Shape];
}
