import type { Rng } from '../../../random/rng.js';
import type { WasmArena } from '../../host/arena.js';
import { rowDomain } from '../inputs/network-inputs.js';
import type { Network } from '../models/network.js';
import type { NetworkCall } from './network-engine.js';

/** The blocks of one run of a network, as addresses. */
export interface HostBlocks {
  readonly arena: WasmArena;
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
export function openBlocks(arena: WasmArena, network: Network, call: NetworkCall, rng: Rng | undefined): HostBlocks {
  arena.reset();
  const { inputs, fill, weights } = call;
  const flat = arena.allocate(weights.flat.length);
  arena.floats(flat, weights.flat.length).set(weights.flat);
  const slotAddresses: Record<string, number> = {};
  const values: number[] = [];
  const rows = (place: number) => inputs.domains[inputs.domainOf[place]!]!.count;
  const slots = (domain: string): number => {
    slotAddresses[domain] ??= arena.allocateIndices(inputs.domains[domain]!.slots!);
    return slotAddresses[domain];
  };
  let firsts: number | undefined;
  network.nodes.forEach((node, place) => {
    if (node.op !== 'leaf') return;
    const count = rows(place) * node.size;
    values[place] = arena.allocate(count);
    if (!call.fillAt?.(place, values[place])) fill(place, arena.floats(values[place], count));
  });
  return {
    arena,
    network,
    call,
    rng,
    values,
    masks: [],
    weight: (name) => flat + 4 * weights.offsets[name]!,
    rows,
    slots,
    firsts: () => {
      firsts ??= arena.allocateZeros(Math.max(...Object.values(inputs.domains).map(({ count }) => count)));
      return firsts;
    },
    spread: (place) => {
      const domain = inputs.domainOf[place]!;
      if (domain === rowDomain) return values[place]!;
      const { size } = network.nodes[place]!;
      const spread = arena.allocate(inputs.count * size);
      arena.routines.takeRows(values[place]!, 1, rows(place), size, slots(domain), inputs.count, spread);
      return spread;
    },
  };
}
