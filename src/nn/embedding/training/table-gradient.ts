import { createDistinctFinder } from '../inputs/distinct.js';
import type { BagsLeaf, LeafInput, RowsLeaf } from '../inputs/network-inputs.js';

/** The gradient of some rows of a table. */
export interface RowGradients {
  /** The rows, each once. */
  readonly rows: Int32Array;
  /** `[rows.length, size]`, row-major. */
  readonly values: Float32Array;
}

/** Adds up what the leaves of one table pass back, row by row. */
export interface TableGradient {
  /** `blocks[k]` is the gradient of the block of `inputs[k]`. The result is valid until the next call. */
  collect(inputs: readonly LeafInput[], blocks: readonly Float32Array[]): RowGradients;
}

/** Makes the sums for a table. */
export function createTableGradient(rows: number, size: number): TableGradient {
  const finder = createDistinctFinder(rows);
  let sums = new Float32Array(0);
  const slotFor = (row: number): number => {
    const before = finder.count();
    const slot = finder.add(row);
    if (slot < before) return slot;
    const end = (slot + 1) * size;
    if (end > sums.length) sums = grown(sums, end);
    sums.fill(0, slot * size, end);
    return slot;
  };
  const addRow = (row: number, block: Float32Array, from: number, share: number): void => {
    const to = slotFor(row) * size;
    for (let column = 0; column < size; column += 1)
      sums[to + column] = sums[to + column]! + share * block[from + column]!;
  };
  const addRows = ({ indices }: RowsLeaf, block: Float32Array): void => {
    for (let place = 0; place < indices.length; place += 1) addRow(indices[place]!, block, place * size, 1);
  };
  const addBags = ({ offsets, indices }: BagsLeaf, block: Float32Array): void => {
    for (let bag = 0; bag + 1 < offsets.length; bag += 1) {
      const [first, past] = [offsets[bag]!, offsets[bag + 1]!];
      for (let at = first; at < past; at += 1) addRow(indices[at]!, block, bag * size, 1 / (past - first));
    }
  };
  return {
    collect: (inputs, blocks) => {
      const [only] = inputs;
      if (inputs.length === 1 && only!.kind === 'rows' && only.isDistinct) {
        return { rows: only.indices, values: blocks[0]! };
      }
      finder.clear();
      inputs.forEach((input, index) => {
        if (input.kind === 'rows') addRows(input, blocks[index]!);
        else if (input.kind === 'bags') addBags(input, blocks[index]!);
      });
      return { rows: finder.keys(), values: sums };
    },
  };
}

function grown(values: Float32Array<ArrayBuffer>, least: number): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(Math.max(least, 2 * values.length));
  larger.set(values);
  return larger;
}
