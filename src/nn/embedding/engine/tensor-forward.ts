import {
  add,
  gather,
  matMul,
  mul,
  relu,
  reshape,
  slice,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { NetworkInputs } from '../inputs/network-inputs.js';
import type { DenseNode, DotNode, Network, NetworkNode, SumNode } from '../models/network.js';

/** What a network's operations on tensors read. */
export interface TensorCall {
  readonly network: Network;
  readonly inputs: NetworkInputs;
  readonly weights: Readonly<Record<string, Tensor>>;
  /** By domain. */
  readonly slots: Readonly<Record<string, Tensor1D>>;
  /** By the places of leaves. */
  readonly leaves: readonly (Tensor2D | undefined)[];
  /** By the places of dense nodes with dropout, in training. */
  readonly masks: readonly (Tensor | undefined)[];
}

/** The block of the node at a place, by operations that every backend has and tfjs can differentiate. */
export function tensorForward(call: TensorCall, last: number): Tensor2D {
  const values: Tensor2D[] = [];
  call.network.nodes.slice(0, last + 1).forEach((node, place) => {
    values.push(node.op === 'leaf' ? call.leaves[place]! : compute(call, node, place, values));
  });
  return values[last]!;
}

function compute(
  call: TensorCall,
  node: Exclude<NetworkNode, { op: 'leaf' }>,
  place: number,
  values: readonly Tensor2D[],
): Tensor2D {
  if (node.op === 'dense') return dense(call, node, place, values);
  if (node.op === 'sum') return sumOf(call, node, place, values);
  if (node.op === 'dot' && isGridDot(call, node)) {
    const scores = matMul(values[node.inputs[0]]!, values[node.inputs[1]]!, false, true);
    return reshape(scores, [call.inputs.count, 1]);
  }
  const [left, right] = node.inputs.map((input) => spread(call, input, place, values[input]!));
  const product = mul(left!, right!);
  return node.op === 'dot' ? sum(product, 1, true) : (product as Tensor2D);
}

function dense(call: TensorCall, node: DenseNode, place: number, values: readonly Tensor2D[]): Tensor2D {
  const kernel = call.weights[node.kernel] as Tensor2D;
  let row = 0;
  const parts = node.inputs.map((input) => {
    const { size } = call.network.nodes[input]!;
    const part = node.inputs.length === 1 ? kernel : slice(kernel, [row, 0], [size, node.size]);
    row += size;
    return spread(call, input, place, matMul(values[input]!, part));
  });
  const total = parts.reduce((left, right) => add(left, right));
  const biased = add(total, call.weights[node.bias]!);
  const active = node.activation === 'relu' ? relu(biased) : biased;
  const mask = call.masks[place];
  return (mask ? mul(active, mask) : active) as Tensor2D;
}

function sumOf(call: TensorCall, node: SumNode, place: number, values: readonly Tensor2D[]): Tensor2D {
  const parts: Tensor2D[] = node.inputs.map((input) => spread(call, input, place, values[input]!));
  const total = parts.reduce((left, right) => add(left, right));
  return node.bias === undefined ? total : add(total, call.weights[node.bias]!);
}

function spread({ inputs, slots }: TensorCall, input: number, place: number, block: Tensor2D): Tensor2D {
  const domain = inputs.domainOf[input]!;
  return domain === inputs.domainOf[place] ? block : gather(block, slots[domain]!);
}

function isGridDot({ inputs }: TensorCall, node: DotNode): boolean {
  const [left, right] = node.inputs.map((input) => inputs.domainOf[input]);
  return inputs.isGrid && left === 'user' && right === 'item';
}
