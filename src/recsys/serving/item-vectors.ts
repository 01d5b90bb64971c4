import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { leavesOf } from '../blocks/leaf-blocks.js';
import type { Recommender } from '../recommender.js';

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
