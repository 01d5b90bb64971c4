import {
  backThroughOutput,
  backToInput,
  type DenseInput,
  type DenseOutput,
  finishOutput,
  multiplyByKernel,
} from './dense-pass.js';
import { type DenseMap, type DensePlan, mapsOf } from './dense-plan.js';
import type { DenseRoutines } from './dense-routines.js';
import { duel, duelGradient } from './duel.js';

/** A dense network in a block of an arena. Places count numbers from the block's start. */
export interface DenseNetwork {
  readonly plan: DensePlan;
  readonly memory: Float32Array;
  /** Where the outputs `[rows, outputs]` of the last forward pass are. */
  readonly output: number;
  /** Where the gradient by the outputs belongs, `[rows, outputs]`. */
  readonly outputGradient: number;
  /** Where the gradient by the parameters is after a backward pass. */
  readonly gradient: number;
  /** Computes the outputs for `rows` rows of inputs, with the parameters at a place. */
  forward(parameters: number, inputs: number, rows: number): void;
  /** The gradient by the parameters of the last forward pass, which had these arguments. */
  backward(parameters: number, inputs: number, rows: number): void;
}

interface Buffers {
  readonly values: number;
  readonly gradients: number;
}

/** How many numbers a network needs beside its parameters and inputs. */
export function networkLength(plan: DensePlan, rows: number): number {
  const widths = mapsOf(plan).reduce((sum, map) => sum + map.outputs, 0);
  return plan.parameters + 2 * rows * (widths + plan.outputs) + rows * trunkWidth(plan);
}

/** Lays the buffers of a network out in a block of an arena, from the place `start` on. */
export function createDenseNetwork(
  plan: DensePlan,
  routines: DenseRoutines,
  memory: Float32Array,
  rows: number,
  start: number,
): DenseNetwork {
  const addressOf = (place: number) => memory.byteOffset + 4 * place;
  let end = start;
  const take = (length: number): number => {
    end += length;
    return end - length;
  };
  const gradient = take(plan.parameters);
  const pair = (width: number): Buffers => ({ values: take(rows * width), gradients: take(rows * width) });
  const buffers = new Map(mapsOf(plan).map((map) => [map, pair(map.outputs)] as const));
  const joined = plan.streams.length === 1 ? buffers.get(plan.streams[0]!.at(-1)!)! : pair(plan.outputs);
  const spare = take(rows * trunkWidth(plan));
  const lastOf = (chain: readonly DenseMap[]) => buffers.get(chain.at(-1)!)!;

  const inputOf = (map: DenseMap, parameters: number, values: number, count: number): DenseInput => {
    const kernel = addressOf(parameters + map.weights);
    return { values: addressOf(values), kernel, rows: count, size: map.inputs, units: map.outputs };
  };
  const outputOf = (map: DenseMap, count: number): DenseOutput => {
    return { values: addressOf(buffers.get(map)!.values), rows: count, units: map.outputs, isRelu: map.isRelu };
  };
  const runForward = (chain: readonly DenseMap[], parameters: number, inputs: number, count: number): void => {
    let from = inputs;
    for (const map of chain) {
      const output = outputOf(map, count);
      multiplyByKernel(routines, inputOf(map, parameters, from, count), output.values);
      finishOutput(routines, output, addressOf(parameters + map.bias));
      from = buffers.get(map)!.values;
    }
  };
  // Writes the gradient by the chain's inputs where it is asked for.
  const runBackward = (
    chain: readonly DenseMap[],
    parameters: number,
    inputs: number,
    count: number,
    inputGradient: number | undefined,
  ): void => {
    for (let at = chain.length - 1; at >= 0; at -= 1) {
      const map = chain[at]!;
      const slopes = addressOf(buffers.get(map)!.gradients);
      const before = at > 0 ? buffers.get(chain[at - 1]!)! : { values: inputs, gradients: inputGradient };
      const values = before.gradients === undefined ? undefined : addressOf(before.gradients);
      backThroughOutput(routines, outputOf(map, count), slopes, addressOf(gradient + map.bias));
      const gradients = { kernel: addressOf(gradient + map.weights), values };
      backToInput(routines, inputOf(map, parameters, before.values, count), slopes, gradients);
    }
  };
  return {
    plan,
    memory,
    output: joined.values,
    outputGradient: joined.gradients,
    gradient,
    forward: (parameters, inputs, count) => {
      runForward(plan.trunk, parameters, inputs, count);
      const from = plan.trunk.length > 0 ? lastOf(plan.trunk).values : inputs;
      for (const stream of plan.streams) runForward(stream, parameters, from, count);
      if (plan.streams.length === 1) return;
      const [value, advantage] = plan.streams.map(lastOf);
      duel(memory, value!.values, advantage!.values, joined.values, count, plan.outputs);
    },
    backward: (parameters, inputs, count) => {
      const trunk = plan.trunk.length > 0 ? lastOf(plan.trunk) : undefined;
      if (plan.streams.length > 1) {
        const [value, advantage] = plan.streams.map(lastOf);
        duelGradient(memory, joined.gradients, value!.gradients, advantage!.gradients, count, plan.outputs);
      }
      plan.streams.forEach((stream, index) => {
        const target = index === 0 ? trunk?.gradients : spare;
        runBackward(stream, parameters, trunk?.values ?? inputs, count, trunk && target);
        if (trunk && index > 0) addValues(memory, spare, trunk.gradients, count * trunkWidth(plan));
      });
      runBackward(plan.trunk, parameters, inputs, count, undefined);
    },
  };
}

function trunkWidth({ trunk }: DensePlan): number {
  return trunk.at(-1)?.outputs ?? 0;
}

function addValues(memory: Float32Array, source: number, target: number, count: number): void {
  for (let index = 0; index < count; index += 1) memory[target + index]! += memory[source + index]!;
}
