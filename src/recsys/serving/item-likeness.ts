import type { Interactions } from '../../data/interactions.js';
import { createPause } from '../../internal/pause.js';
import { inGroups, type Pieces, piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { leavesOf } from '../blocks/leaf-blocks.js';
import { knowledgeOf } from '../knowledge.js';
import type { Recommender } from '../recommender.js';

/** How alike two items are, from -1 to 1, by their indices; undefined where nothing is known of it. */
export type Likeness = (a: number, b: number) => number | undefined;

/**
 * The cosine of two items' vectors; for a recommender without vectors, the cosine of the sets of users who have them,
 * `|A and B| / sqrt(|A| |B|)`. Nothing is known of items with the vector 0, of those that the recommender knows nothing of, and
 * of two that no user has both.
 */
export async function itemLikeness(where: string, recommender: Recommender): Promise<Likeness> {
  const vectors = await itemVectors(recommender);
  if (vectors) {
    const { knowsItem } = knowledgeOf(recommender);
    const cosine = cosineOfRows(vectors.values, vectors.size);
    return (a, b) => (knowsItem(a) && knowsItem(b) ? cosine(a, b) : undefined);
  }
  const { seen } = recommender;
  if (!seen) refuse(where, 'recommender', 'have item vectors or `seen` (the rows it was trained on)', recommender);
  const { offsets, users } = await piecemeal(createBuyers(seen), createPause());
  return (a, b) => {
    const [first, second] = [a, b].map((item) => users.subarray(offsets[item]!, offsets[item + 1]!));
    const both = overlap(first!, second!);
    return both === 0 ? undefined : both / Math.sqrt(first!.length * second!.length);
  };
}

function cosineOfRows(values: Float32Array, size: number): Likeness {
  return (a, b) => {
    let [product, lengthA, lengthB] = [0, 0, 0];
    for (let axis = 0; axis < size; axis += 1) {
      const [x, y] = [values[a * size + axis]!, values[b * size + axis]!];
      product += x * y;
      lengthA += x * x;
      lengthB += y * y;
    }
    return lengthA === 0 || lengthB === 0 ? undefined : product / Math.sqrt(lengthA * lengthB);
  };
}

// Both lists rise, without repetition.
function overlap(a: Int32Array, b: Int32Array): number {
  let common = 0;
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) common += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return common;
}

/** The users of each item, each once, in rising order: those of item `i` are `users[offsets[i]]` to `users[offsets[i + 1] - 1]`. */
export interface Buyers {
  /** `[I + 1]`. */
  readonly offsets: Uint32Array;
  readonly users: Int32Array;
}

/** Turns interactions over: who has each item. */
export function* createBuyers({ items, offsets, itemIndices }: Interactions): Pieces<Buyers> {
  const lastUser = new Int32Array(items.size);
  const ends = new Uint32Array(items.size + 1);
  const eachOnce = (visit: (user: number, item: number) => void): Pieces<void> => {
    lastUser.fill(-1);
    return inGroups(offsets, (user) => {
      for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) {
        const item = itemIndices[row]!;
        if (lastUser[item] === user) continue;
        lastUser[item] = user;
        visit(user, item);
      }
    });
  };
  yield* eachOnce((_user, item) => {
    ends[item + 1]! += 1;
  });
  for (let item = 0; item < items.size; item += 1) ends[item + 1]! += ends[item]!;
  const next = ends.slice();
  const found = new Int32Array(ends[items.size]!);
  yield* eachOnce((user, item) => {
    found[next[item]!] = user;
    next[item]! += 1;
  });
  return { offsets: ends, users: found };
}

/** One vector for each item, `[I, size]`, row-major. */
export interface ItemVectors {
  readonly size: number;
  readonly values: Float32Array;
}

/** The vectors that a recommender has for its items, or undefined where it has none, or none but zeros. */
export async function itemVectors(recommender: Recommender): Promise<ItemVectors | undefined> {
  const factors = await recommender.factors?.();
  if (factors)
    return factors.items.some((value) => value !== 0) ? { size: factors.size, values: factors.items } : undefined;
  return recommender.model && itemEmbeddings(recommender.model, recommender.items.size);
}

// The rows of every table that the item itself has, side by side.
function itemEmbeddings(model: EmbeddingModel, rows: number): ItemVectors {
  const names = new Set(leavesOf(model).flatMap(({ feature, table }) => (feature === 'item' && table ? [table] : [])));
  const tables = [...names].map((name) => model.tables[name]!);
  const size = tables.reduce((sum, table) => sum + table.size, 0);
  const values = new Float32Array(rows * size);
  let column = 0;
  for (const table of tables) {
    for (let row = 0; row < rows; row += 1) {
      values.set(table.values.subarray(row * table.size, (row + 1) * table.size), row * size + column);
    }
    column += table.size;
  }
  return { size, values };
}
