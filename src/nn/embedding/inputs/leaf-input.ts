import type { LeafNode } from '../models/network.js';
import { columnOf, type InputModel } from './feature-domains.js';
import type { Bags, FeatureColumns } from './features.js';
import { type BagsLeaf, type KeyedDomain, type LeafInput, rowDomain } from './network-inputs.js';
import { takeBags, takeNumbers } from './take-columns.js';

/** The batch that a leaf reads. */
export interface LeafSource {
  readonly model: InputModel;
  readonly rows: FeatureColumns;
  readonly count: number;
  readonly domains: Readonly<Record<string, KeyedDomain>>;
  readonly isTraining: boolean;
}

/** What enters at a leaf: the feature's values for each row of the leaf's domain. */
export function leafInput(source: LeafSource, leaf: LeafNode, domain: string): LeafInput {
  const feature = source.model.features[leaf.feature]!;
  if (feature.kind === 'categorical') return categoricalLeaf(source, leaf.feature, domain);
  const own = columnOf(source.model, leaf.feature);
  const keys = own === undefined ? undefined : ownerKeys(source, leaf.feature, domain);
  const column = own ?? source.rows[leaf.feature]!;
  if (feature.kind === 'numeric') {
    const values = column as Float32Array;
    return { kind: 'numbers', values: keys === undefined ? values : takeNumbers(values, leaf.size, keys) };
  }
  const bags = keys === undefined ? (column as Bags) : takeBags(column as Bags, keys);
  return source.isTraining ? withoutOwn(source, bags, feature.leaveOut) : { kind: 'bags', ...bags };
}

function categoricalLeaf({ model, domains }: LeafSource, feature: string, domain: string): LeafInput {
  const { keys, isDistinct } = domains[domain]!;
  const column = columnOf(model, feature) as Int32Array | undefined;
  if (column === undefined) return { kind: 'rows', indices: keys, isDistinct };
  const indices = new Int32Array(keys.length);
  for (let row = 0; row < keys.length; row += 1) indices[row] = column[keys[row]!]!;
  return { kind: 'rows', indices, isDistinct: false };
}

// Who each row of the leaf belongs to.
function ownerKeys({ model, domains, count }: LeafSource, feature: string, domain: string): Int32Array {
  const owner = domains[feature in model.userColumns ? 'user' : 'item']!;
  return domain === rowDomain ? keysOfRows(owner, count) : owner.keys;
}

function keysOfRows({ keys, slots }: KeyedDomain, count: number): Int32Array {
  const all = new Int32Array(count);
  for (let row = 0; row < count; row += 1) all[row] = keys[slots[row]!]!;
  return all;
}

function withoutOwn({ domains, count }: LeafSource, bags: Bags, leaveOut: string | undefined): BagsLeaf {
  if (leaveOut === undefined) return { kind: 'bags', ...bags };
  // Builders refuse what no batch brings.
  const { keys, slots } = domains[leaveOut]!;
  const offsets = new Uint32Array(count + 1);
  const indices = new Int32Array(bags.indices.length);
  let end = 0;
  for (let row = 0; row < count; row += 1) {
    const own = keys[slots[row]!];
    for (let at = bags.offsets[row]!; at < bags.offsets[row + 1]!; at += 1) {
      const index = bags.indices[at]!;
      if (index === own) continue;
      indices[end] = index;
      end += 1;
    }
    offsets[row + 1] = end;
  }
  return { kind: 'bags', offsets, indices };
}
