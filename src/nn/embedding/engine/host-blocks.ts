import type { Rng } from '../../../random/rng.js';
import { rowDomain } from '../inputs/network-inputs.js';
import type { Network } from '../models/network.js';
import type { HostMemory } from './host-memory.js';
import type { NetworkCall } from './network-engine.js';

/** The blocks of one run of a network, as addresses. */
export interface HostBlocks {
  readonly memory: HostMemory;
  readonly network: Network;
  readonly call: NetworkCall;
  /** Where dropout masks come from; missing when scoring. */
  readonly rng: Rng | undefined;
  /** Each node's block. */
  readonly values: number[];
  /** Each node's dropout mask, where it has one. */
  readonly masks: (number | undefined)[];
  /** Where a weight starts. */
  weight(name: string): number;
  /** Rows of a node's block. */
  rows(place: number): number;
  /** For each row of the batch the row in a domain. */
  slots(domain: string): number;
  /** As many zeros as the longest domain has rows: every row's place is the first. */
  firsts(): number;
  /** A block with one row for each row of the batch: the node's own, or a copy made so. */
  spread(place: number): number;
}

/** Starts a run: weights and leaves are copied in. */
export function openBlocks(memory: HostMemory, network: Network, call: NetworkCall, rng: Rng | undefined): HostBlocks {
  memory.reset();
  const { inputs, fill, weights } = call;
  const flat = memory.lend(weights.flat.length);
  memory.floats(flat, weights.flat.length).set(weights.flat);
  const slotAddresses: Record<string, number> = {};
  const values: number[] = [];
  const rows = (place: number) => inputs.domains[inputs.domainOf[place]!]!.count;
  const slots = (domain: string): number => {
    slotAddresses[domain] ??= memory.lendIndices(inputs.domains[domain]!.slots!);
    return slotAddresses[domain];
  };
  let firsts: number | undefined;
  network.nodes.forEach((node, place) => {
    if (node.op !== 'leaf') return;
    const count = rows(place) * node.size;
    values[place] = memory.lend(count);
    if (!call.fillAt?.(place, values[place])) fill(place, memory.floats(values[place], count));
  });
  return {
    memory,
    network,
    call,
    rng,
    values,
    masks: [],
    weight: (name) => flat + 4 * weights.offsets[name]!,
    rows,
    slots,
    firsts: () => {
      firsts ??= memory.lendZeros(Math.max(...Object.values(inputs.domains).map(({ count }) => count)));
      return firsts;
    },
    spread: (place) => {
      const domain = inputs.domainOf[place]!;
      if (domain === rowDomain) return values[place]!;
      const { size } = network.nodes[place]!;
      const spread = memory.lend(inputs.count * size);
      memory.routines.takeRows(values[place]!, 1, rows(place), size, slots(domain), inputs.count, spread);
      return spread;
    },
  };
}
