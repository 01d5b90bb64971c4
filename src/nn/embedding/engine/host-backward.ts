import { backThroughOutput, backToInput } from '../../host/dense-pass.js';
import type { DenseNode, DotNode, ProductNode, SumNode } from '../models/network.js';
import type { HostBlocks } from './host-blocks.js';
import { alike, type DensePart, denseInput, denseOutput, denseParts, idsFor, isGridDot } from './host-forward.js';

/** Gradients of one run, as addresses. */
export interface HostGradients {
  /** Of each node's block; missing where none is needed. */
  readonly values: (number | undefined)[];
  /** Of all weights, as they lie. */
  readonly weights: number;
}

/** What the nodes' functions work on. */
interface Backward {
  readonly blocks: HostBlocks;
  readonly gradients: (number | undefined)[];
  weightGradient(name: string): number;
  /** A node's gradient so far, zeros at first; undefined for numbers, which learn nothing. */
  sumsOf(place: number): number | undefined;
}

/** Goes back through the nodes from the gradient of the output. */
export function hostBackward(blocks: HostBlocks, outputGradient: number): HostGradients {
  const { arena, network, call } = blocks;
  const { flat, offsets } = call.weights;
  const weights = arena.allocateZeros(flat.length);
  const gradients: (number | undefined)[] = [];
  const backward: Backward = {
    blocks,
    gradients,
    weightGradient: (name) => weights + 4 * offsets[name]!,
    sumsOf: (place) => {
      const node = network.nodes[place]!;
      if (node.op === 'leaf' && node.table === undefined) return undefined;
      gradients[place] ??= arena.allocateZeros(blocks.rows(place) * node.size);
      return gradients[place];
    },
  };
  gradients[network.nodes.length - 1] = outputGradient;
  for (let place = network.nodes.length - 1; place >= 0; place -= 1) {
    const node = network.nodes[place]!;
    const gradient = gradients[place];
    if (node.op === 'leaf' || gradient === undefined) continue;
    if (node.op === 'dense') dense(backward, node, place, gradient);
    else if (node.op === 'product') product(backward, node, place, gradient);
    else if (node.op === 'dot') dot(backward, node, place, gradient);
    else sum(backward, node, place, gradient);
  }
  return { values: gradients, weights };
}

function dense(backward: Backward, node: DenseNode, place: number, gradient: number): void {
  const { blocks } = backward;
  const { arena, masks } = blocks;
  const rows = blocks.rows(place);
  const mask = masks[place];
  if (mask !== undefined) arena.routines.multiplyNumbers(gradient, mask, rows * node.size, gradient);
  backThroughOutput(arena.dense, denseOutput(blocks, node, place), gradient, backward.weightGradient(node.bias));
  const own = blocks.call.inputs.domainOf[place];
  for (const part of denseParts(blocks, node, place)) {
    const partRows = blocks.rows(part.inputs[0]!.place);
    let slopes = gradient;
    if (part.domain !== own) {
      slopes = arena.allocateZeros(partRows * node.size);
      arena.routines.addRows(gradient, blocks.slots(part.domain), slopes, rows, node.size, partRows);
    }
    for (const input of part.inputs) toInput(backward, node, input, slopes, partRows);
  }
}

function toInput(
  backward: Backward,
  node: DenseNode,
  part: DensePart['inputs'][number],
  slopes: number,
  rows: number,
): void {
  const { blocks } = backward;
  const { dense, routines } = blocks.arena;
  const kernelGradient = backward.weightGradient(node.kernel) + (part.kernel - blocks.weight(node.kernel));
  const sums = backward.sumsOf(part.place);
  const input = denseInput(blocks, part, rows, node.size);
  if (node.size > 1) {
    backToInput(dense, input, slopes, { kernel: kernelGradient, values: sums }, true);
    return;
  }
  const { values, kernel, size } = input;
  routines.addScaledRows(values, 0, slopes, rows, size, kernelGradient, blocks.firsts());
  if (sums) routines.addScaledRows(kernel, blocks.firsts(), slopes, rows, size, sums, 0);
}

function product(backward: Backward, node: ProductNode, place: number, gradient: number): void {
  const { blocks } = backward;
  const { arena } = blocks;
  const count = blocks.rows(place) * node.size;
  const [left, right] = alike(blocks, node, place);
  const slopes = arena.allocate(count);
  const sides = [
    { input: node.inputs[0], other: right },
    { input: node.inputs[1], other: left },
  ];
  for (const { input, other } of sides) {
    if (backward.sumsOf(input) === undefined) continue;
    arena.routines.multiplyNumbers(gradient, other, count, slopes);
    pass(backward, input, place, slopes, node.size);
  }
}

// Adds a gradient that has one row for each row of the node at `place` to that of an input.
function pass(backward: Backward, input: number, place: number, slopes: number, size: number): void {
  const { blocks } = backward;
  const { routines } = blocks.arena;
  const rows = blocks.rows(place);
  const sums = backward.sumsOf(input);
  if (sums === undefined) return;
  const ids = idsFor(blocks, input, place) || identity(blocks, rows);
  routines.addRows(slopes, ids, sums, rows, size, blocks.rows(input));
}

function identity({ arena }: HostBlocks, count: number): number {
  return arena.allocateIndices(Int32Array.from({ length: count }, (_, index) => index));
}

function dot(backward: Backward, node: DotNode, place: number, gradient: number): void {
  const { blocks } = backward;
  const { arena, values } = blocks;
  const [left, right] = node.inputs;
  const size = blocks.network.nodes[left]!.size;
  const [leftSums, rightSums] = [backward.sumsOf(left), backward.sumsOf(right)];
  if (isGridDot(blocks, node)) {
    const [users, items] = [blocks.rows(left), blocks.rows(right)];
    const toLeft = { left: gradient, right: values[right]!, rows: users, depth: items, columns: size };
    if (leftSums) arena.dense.multiply({ ...toLeft, output: leftSums, accumulate: true });
    const toRight = { left: gradient, right: values[left]!, rows: items, depth: users, columns: size };
    if (rightSums) arena.dense.multiply({ ...toRight, output: rightSums, transposeLeft: true, accumulate: true });
    return;
  }
  const [leftIds, rightIds, rows] = [idsFor(blocks, left, place), idsFor(blocks, right, place), blocks.rows(place)];
  const { addScaledRows } = arena.routines;
  if (leftSums) addScaledRows(values[right]!, rightIds, gradient, rows, size, leftSums, leftIds);
  if (rightSums) addScaledRows(values[left]!, leftIds, gradient, rows, size, rightSums, rightIds);
}

function sum(backward: Backward, node: SumNode, place: number, gradient: number): void {
  const { blocks } = backward;
  const rows = blocks.rows(place);
  if (node.bias !== undefined) {
    blocks.arena.dense.sumRows(gradient, rows, node.size, backward.weightGradient(node.bias));
  }
  for (const input of node.inputs) pass(backward, input, place, gradient, node.size);
}
