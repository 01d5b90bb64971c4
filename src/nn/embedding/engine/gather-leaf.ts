import type { LeafInput } from '../inputs/network-inputs.js';
import type { EmbeddingTable } from '../models/movable-table.js';

type Rows = Pick<EmbeddingTable, 'values' | 'size'>;

/** Writes a leaf's block `[count, size]` into `out`. */
export function gatherLeaf(input: LeafInput, table: Rows | undefined, out: Float32Array): void {
  if (input.kind === 'numbers') out.set(input.values);
  else if (input.kind === 'rows') gatherRows(table!, input.indices, out);
  else gatherMeans(table!, input.offsets, input.indices, out);
}

function gatherRows({ values, size }: Rows, indices: Int32Array, out: Float32Array): void {
  let to = 0;
  for (let row = 0; row < indices.length; row += 1) {
    const start = indices[row]! * size;
    const end = start + size;
    for (let from = start; from < end; from += 1) {
      out[to] = values[from]!;
      to += 1;
    }
  }
}

// An empty bag is a row of zeros.
function gatherMeans(table: Rows, offsets: Uint32Array, indices: Int32Array, out: Float32Array): void {
  const { values, size } = table;
  out.fill(0);
  for (let row = 0; row + 1 < offsets.length; row += 1) {
    const [first, past] = [offsets[row]!, offsets[row + 1]!];
    const to = row * size;
    const share = 1 / (past - first);
    for (let at = first; at < past; at += 1) {
      const from = indices[at]! * size;
      for (let column = 0; column < size; column += 1)
        out[to + column] = out[to + column]! + share * values[from + column]!;
    }
  }
}
