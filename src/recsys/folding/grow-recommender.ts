import { createInteractions } from '../../data/interactions/create-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import type { History } from './history.js';

/** Puts a row for the new item at the end of a table `[I, size]`. */
export function withItemRow(table: Float32Array, row: Float32Array): Float32Array {
  const grown = new Float32Array(table.length + row.length);
  grown.set(table);
  grown.set(row, table.length);
  return grown;
}

/** Interactions with rows of the new item, and where each of their rows comes from: those of the new item last. */
export function withItemRows(
  seen: Interactions,
  items: Vocabulary,
  added: History,
): { readonly seen: Interactions; readonly sources: Int32Array } {
  const fresh = items.size - 1;
  const itemIndices = new Int32Array(seen.length + added.indices.length).fill(fresh);
  itemIndices.set(seen.itemIndices);
  // Times of new rows are not known: they come last, as rows without times keep the order they are given in.
  const grown = createInteractions({
    users: seen.users,
    items,
    userIndices: concat(seen.userIndices, added.indices),
    itemIndices,
    weights: concat(seen.weights, added.weights),
  });
  return { seen: grown, sources: sourcesOf(seen, grown, fresh, added) };
}

// For each row its place among the old rows, or behind them.
function sourcesOf(seen: Interactions, grown: Interactions, fresh: number, added: History): Int32Array {
  let next = 0;
  const perUser = new Map<number, number[]>();
  added.indices.forEach((user, at) => {
    perUser.set(user, [...(perUser.get(user) ?? []), seen.length + at]);
  });
  return Int32Array.from(grown.itemIndices, (item, row) => {
    if (item === fresh) return perUser.get(grown.userIndices[row]!)!.shift()!;
    next += 1;
    return next - 1;
  });
}

function concat(first: Int32Array | Float32Array, second: Int32Array | Float32Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
