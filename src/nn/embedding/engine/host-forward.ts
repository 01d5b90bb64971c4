import { PASS, splitRows } from '../../../kernels/threads/split-work.js';
import { fillDropoutMask } from '../../dropout-mask.js';
import { type DenseInput, type DenseOutput, finishOutput, multiplyByKernel } from '../../host/dense-pass.js';
import type { DenseNode, DotNode, ProductNode, SumNode } from '../models/network.js';
import type { HostBlocks } from './host-blocks.js';

/** Computes the blocks of all nodes up to one, in order. */
export function hostForward(blocks: HostBlocks, last: number): void {
  blocks.network.nodes.slice(0, last + 1).forEach((node, place) => {
    if (node.op === 'leaf') return;
    blocks.values[place] = blocks.arena.allocate(blocks.rows(place) * node.size);
    if (node.op === 'dense') dense(blocks, node, place);
    else if (node.op === 'product') product(blocks, node, place);
    else if (node.op === 'dot') dot(blocks, node, place);
    else sum(blocks, node, place);
  });
}

/** Inputs of a dense node that stand in the same domain, and where their part of the kernel starts. */
export interface DensePart {
  readonly domain: string;
  readonly inputs: readonly { readonly place: number; readonly kernel: number; readonly size: number }[];
}

/** A dense node's inputs by domain, its own domain first. */
export function denseParts(blocks: HostBlocks, node: DenseNode, place: number): DensePart[] {
  const { domainOf } = blocks.call.inputs;
  const parts = new Map<string, { place: number; kernel: number; size: number }[]>();
  parts.set(domainOf[place]!, []);
  let kernel = blocks.weight(node.kernel);
  for (const input of node.inputs) {
    const { size } = blocks.network.nodes[input]!;
    const domain = domainOf[input]!;
    if (!parts.has(domain)) parts.set(domain, []);
    parts.get(domain)!.push({ place: input, kernel, size });
    kernel += 4 * size * node.size;
  }
  return [...parts].filter(([, inputs]) => inputs.length > 0).map(([domain, inputs]) => ({ domain, inputs }));
}

// Inputs that stand once for each user are multiplied once for each user, and the result is added to each of his rows.
function dense(blocks: HostBlocks, node: DenseNode, place: number): void {
  const { arena, values } = blocks;
  const { routines } = arena;
  const [output, rows, { size }] = [values[place]!, blocks.rows(place), node];
  const own = blocks.call.inputs.domainOf[place];
  denseParts(blocks, node, place).forEach(({ domain, inputs }, index) => {
    const isOwn = domain === own;
    const partRows = blocks.rows(inputs[0]!.place);
    const target = isOwn ? output : arena.allocate(partRows * size);
    inputs.forEach((input, order) => {
      multiply(blocks, denseInput(blocks, input, partRows, size), target, order > 0);
    });
    if (isOwn) return;
    const slots = blocks.slots(domain);
    splitRows(routines, rows, PASS * rows * size, ({ start, count }) => {
      const [ids, rowsOut] = [slots + 4 * start, output + 4 * start * size];
      return index === 0
        ? ['takeRows', target, 1, partRows, size, ids, count, rowsOut]
        : ['addTakenRows', target, size, ids, count, rowsOut];
    });
  });
  finishOutput(arena.dense, denseOutput(blocks, node, place), blocks.weight(node.bias));
  if (blocks.rng && node.dropout > 0) drop(blocks, node, place);
}

/** An input of a dense node as the passes of dense layers take it. */
export function denseInput(
  { values }: HostBlocks,
  { place, kernel, size }: DensePart['inputs'][number],
  rows: number,
  units: number,
): DenseInput {
  return { values: values[place]!, kernel, rows, size, units };
}

/** The block of a dense node likewise. */
export function denseOutput(blocks: HostBlocks, node: DenseNode, place: number): DenseOutput {
  const isRelu = node.activation === 'relu';
  return { values: blocks.values[place]!, rows: blocks.rows(place), units: node.size, isRelu };
}

// One column is a dot product of each row with the kernel: a tile of eight columns would be mostly idle.
function multiply(blocks: HostBlocks, input: DenseInput, output: number, accumulate: boolean): void {
  const { arena } = blocks;
  const { values, kernel, rows, size, units } = input;
  if (units > 1 || accumulate) multiplyByKernel(arena.dense, input, output, accumulate);
  else arena.routines.dotRows(values, 0, kernel, blocks.firsts(), rows, size, output);
}

function drop(blocks: HostBlocks, node: DenseNode, place: number): void {
  const { arena, values } = blocks;
  const count = blocks.rows(place) * node.size;
  const mask = arena.allocate(count);
  fillDropoutMask(blocks.rng!, arena.floats(mask, count), node.dropout);
  arena.routines.multiplyNumbers(values[place]!, mask, count, values[place]!);
  blocks.masks[place] = mask;
}

function product(blocks: HostBlocks, node: ProductNode, place: number): void {
  const [left, right] = alike(blocks, node, place);
  const count = blocks.rows(place) * node.size;
  blocks.arena.routines.multiplyNumbers(left, right, count, blocks.values[place]!);
}

/** Blocks of a node's inputs with one row for each of its own. */
export function alike(blocks: HostBlocks, node: ProductNode, place: number): [number, number] {
  const { domainOf } = blocks.call.inputs;
  const [left, right] = node.inputs.map((input) =>
    domainOf[input] === domainOf[place] ? blocks.values[input]! : blocks.spread(input),
  );
  return [left!, right!];
}

function dot(blocks: HostBlocks, node: DotNode, place: number): void {
  const { arena, values } = blocks;
  const [left, right] = node.inputs;
  const output = values[place]!;
  const depth = blocks.network.nodes[left]!.size;
  if (isGridDot(blocks, node)) {
    const [rows, columns] = [blocks.rows(left), blocks.rows(right)];
    const operands = { left: values[left]!, right: values[right]!, output, rows, depth, columns };
    arena.dense.multiply({ ...operands, transposeRight: true });
    return;
  }
  const [leftIds, rightIds] = [idsFor(blocks, left, place), idsFor(blocks, right, place)];
  arena.routines.dotRows(values[left]!, leftIds, values[right]!, rightIds, blocks.rows(place), depth, output);
}

/** Whether a dot product is one of all users with all items: a matrix product. */
export function isGridDot({ call }: HostBlocks, node: DotNode): boolean {
  const [left, right] = node.inputs.map((input) => call.inputs.domainOf[input]);
  return call.inputs.isGrid && left === 'user' && right === 'item';
}

/** Where an input's row for each row of a node is listed; 0 where they stand in the same order. */
export function idsFor(blocks: HostBlocks, input: number, place: number): number {
  const { domainOf } = blocks.call.inputs;
  return domainOf[input] === domainOf[place] ? 0 : blocks.slots(domainOf[input]!);
}

function sum(blocks: HostBlocks, node: SumNode, place: number): void {
  const { arena, values } = blocks;
  const { routines } = arena;
  const [output, rows, { size }] = [values[place]!, blocks.rows(place), node];
  arena.floats(output, rows * size).fill(0);
  for (const input of node.inputs) {
    const ids = idsFor(blocks, input, place);
    if (ids === 0) routines.addScaledRows(values[input]!, 0, ones(blocks, rows), rows, size, output, 0);
    else routines.addTakenRows(values[input]!, size, ids, rows, output);
  }
  if (node.bias !== undefined) arena.dense.addBias(output, rows, size, blocks.weight(node.bias), false);
}

function ones({ arena }: HostBlocks, count: number): number {
  const address = arena.allocate(count);
  arena.floats(address, count).fill(1);
  return address;
}
