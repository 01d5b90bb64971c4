import type { FillLeaf } from '../../nn/embedding/engine/network-engine.js';
import { createEngineSource } from '../../nn/embedding/engine/open-engine.js';
import { type NetworkInputs, rowDomain } from '../../nn/embedding/inputs/network-inputs.js';
import type { EmbeddingLoss } from '../../nn/embedding/losses/embedding-loss.js';
import { denseWeightsOf } from '../../nn/embedding/models/dense-weights.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';

/** Runs a model's network on blocks of one's own, in place of those that its tables hold. */
export interface NetworkRunner {
  /** The outputs, `[N]`. */
  outputs(inputs: NetworkInputs, fill: FillLeaf): Promise<Float32Array>;
  /** Derivatives of a loss with respect to the blocks of all leaves, numbers too, by their places. */
  slopes(
    inputs: NetworkInputs,
    fill: FillLeaf,
    loss: EmbeddingLoss,
    labels: Float32Array,
  ): Promise<readonly (Float32Array | undefined)[]>;
}

/** Makes a runner. It holds no tensors of its own. */
export function createNetworkRunner({ network, variables }: EmbeddingModel): NetworkRunner {
  // A leaf with the name of a table is differentiated; which table it is, is the affair of who fills it.
  const nodes = network.nodes.map((node) =>
    node.op === 'leaf' ? { ...node, table: node.table ?? node.feature } : node,
  );
  const open = { nodes, weights: network.weights };
  const engineOf = createEngineSource(open, variables);
  const weights = denseWeightsOf(open, variables);
  return {
    outputs: async (inputs, fill) => {
      const engine = await engineOf();
      await weights.refresh();
      return engine.block({ inputs, fill, weights }, nodes.length - 1);
    },
    slopes: async (inputs, fill, loss, labels) => {
      const engine = await engineOf();
      await weights.refresh();
      const objective = { loss, labels, groupSize: 1, rows: {} };
      let found: readonly (Float32Array | undefined)[] = [];
      await engine.learn({ inputs, fill, weights, objective, rng: undefined }, ({ leafGradients }) => {
        found = leafGradients.map((gradient) => gradient?.slice());
      });
      return found;
    },
  };
}

/** Inputs of `count` rows of which each has blocks of its own. */
export function rowInputs({ network }: EmbeddingModel, count: number): NetworkInputs {
  return {
    count,
    domains: { [rowDomain]: { count } },
    domainOf: network.nodes.map(() => rowDomain),
    // Who fills the leaves knows what they hold.
    leaves: network.nodes.map((node) =>
      node.op === 'leaf' ? { kind: 'numbers', values: new Float32Array(0) } : undefined,
    ),
    isGrid: false,
  };
}
