import {
  concat,
  dispose,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  type Variable,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import { dropoutMask } from '../../dropout-mask.js';
import { computedLoss, lossTargets } from '../losses/loss-on-host.js';
import type { Network } from '../models/network.js';
import type { LearnCall, Learned, NetworkCall, NetworkEngine } from './network-engine.js';
import { type TensorCall, tensorForward } from './tensor-forward.js';

/** Runs a network with the operations of tfjs on the active backend. One read a batch: loss and gradients together. */
export function createTensorEngine(network: Network, variables: Readonly<Record<string, Variable>>): NetworkEngine {
  return {
    block: async (call, place) => readAndFree(tidy(() => tensorForward(openCall(network, variables, call), place))),
    learn: async (call, use) => {
      const flat = await readAndFree(tidy(() => differentiate(network, variables, call)));
      use(unpack(network, call, flat));
    },
  };
}

function openCall(network: Network, weights: Readonly<Record<string, Variable>>, call: NetworkCall): TensorCall {
  const { inputs, fill } = call;
  const slots: Record<string, Tensor1D> = {};
  for (const [name, domain] of Object.entries(inputs.domains)) {
    if (domain.slots) slots[name] = tensor1d(domain.slots.slice(), 'int32');
  }
  const leaves = network.nodes.map((node, place) => {
    if (node.op !== 'leaf') return undefined;
    const rows = rowsOf(call, place);
    const block = new Float32Array(rows * node.size);
    fill(place, block);
    return tensor2d(block, [rows, node.size]);
  });
  return { network, inputs, weights, slots, leaves, masks: [] };
}

function rowsOf({ inputs }: NetworkCall, place: number): number {
  return inputs.domains[inputs.domainOf[place]!]!.count;
}

// The loss, then the gradient of every weight, then that of every leaf that has one, as one vector.
function differentiate(network: Network, variables: Readonly<Record<string, Variable>>, call: LearnCall): Tensor {
  const { objective, rng, inputs } = call;
  const masks = network.nodes.map((node, place) =>
    rng && node.op === 'dense' && node.dropout > 0
      ? dropoutMask(rng, [rowsOf(call, place), node.size], node.dropout)
      : undefined,
  );
  const opened = { ...openCall(network, variables, call), masks };
  const outputs = network.nodes.at(-1)!.size;
  const shape: [number, number] = [(inputs.count * outputs) / objective.groupSize, objective.groupSize];
  const targets = lossTargets(objective, shape);
  const trained: Tensor[] = [
    ...Object.keys(network.weights).map((name) => variables[name]!),
    ...learningLeaves(network).map((place) => opened.leaves[place]!),
  ];
  const loss = (): Scalar =>
    computedLoss(objective.loss, reshape(tensorForward(opened, network.nodes.length - 1), shape) as Tensor2D, targets);
  const { value, grads } = valueAndGrads(loss)(trained);
  return concat([value, ...grads].map((each) => reshape(each, [-1])));
}

function learningLeaves({ nodes }: Network): number[] {
  return [...nodes.keys()].filter((place) => {
    const node = nodes[place]!;
    return node.op === 'leaf' && node.table !== undefined;
  });
}

function unpack(network: Network, call: LearnCall, flat: Float32Array): Learned {
  let end = 1 + call.weights.flat.length;
  const weightGradient = flat.subarray(1, end);
  const leafGradients: Float32Array[] = [];
  for (const place of learningLeaves(network)) {
    const start = end;
    end += rowsOf(call, place) * network.nodes[place]!.size;
    leafGradients[place] = flat.subarray(start, end);
  }
  return { loss: flat[0]!, weightGradient, leafGradients };
}

async function readAndFree(tensor: Tensor): Promise<Float32Array> {
  try {
    return await tensor.data<'float32'>();
  } finally {
    dispose(tensor);
  }
}
