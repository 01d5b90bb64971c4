import type { HostRoutines } from '../../../kernels/host-routines.js';
import { createArena } from '../../host/arena.js';
import { lossOnHost } from '../losses/loss-on-host.js';
import type { Network } from '../models/network.js';
import { hostBackward } from './host-backward.js';
import { openBlocks } from './host-blocks.js';
import { hostForward } from './host-forward.js';
import type { NetworkCall, NetworkEngine } from './network-engine.js';

/**
 * Runs a network with the wasm routines, written forth and back by hand: no tensor, no tape, no kernel call of tfjs. Nothing
 * is kept between calls, and no call waits in its middle, so that all engines share one arena.
 */
export function createHostEngine(host: HostRoutines, network: Network, arena = createArena(host)): NetworkEngine {
  const output = network.nodes.length - 1;
  return {
    block: async (call, place) => {
      const blocks = openBlocks(arena, network, call, undefined);
      hostForward(blocks, place);
      return arena.floats(blocks.values[place]!, blocks.rows(place) * network.nodes[place]!.size).slice();
    },
    learn: async (call, use) => {
      const { count, leaves } = call.inputs;
      const blocks = openBlocks(arena, network, call, call.rng);
      hostForward(blocks, output);
      const length = count * network.nodes[output]!.size;
      const outputGradient = arena.allocate(length);
      const [logits, slopes] = [arena.floats(blocks.values[output]!, length), arena.floats(outputGradient, length)];
      const loss = lossOnHost(call.objective, logits, slopes);
      const gradients = hostBackward(blocks, outputGradient);
      arena.reserve(roomForUpdates(network, call));
      const leafGradients = leaves.map((leaf, place) => {
        const address = gradients.values[place];
        if (leaf === undefined || address === undefined) return undefined;
        return arena.floats(address, blocks.rows(place) * network.nodes[place]!.size);
      });
      // Whoever moves weights in this arena may borrow what was reserved, and these views stay valid.
      use({ loss, leafGradients, weightGradient: arena.floats(gradients.weights, call.weights.flat.length) });
    },
  };
}

// Indices and gradients of every row that a leaf names, the dense weights, and what alignment may cost.
function roomForUpdates(network: Network, { inputs, weights }: NetworkCall): number {
  return inputs.leaves.reduce((sum, leaf, place) => {
    if (leaf === undefined || leaf.kind === 'numbers') return sum;
    return sum + leaf.indices.length * (1 + network.nodes[place]!.size) + 64;
  }, weights.flat.length + 64);
}
