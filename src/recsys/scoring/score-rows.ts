import { createPause } from '../../internal/pause.js';
import { addTile, packRow } from '../../linear-algebra/panels.js';
import type { Factors } from '../../nn/embedding/models/factors.js';

/** Scores of all items for some users, `[B, I]`: a blocked product on the host, summed in double precision. */
export async function scoreRows(
  { size, users, items, itemBiases }: Factors,
  userIndices: Int32Array,
): Promise<Float32Array> {
  const itemCount = items.length / size;
  const scores = new Float32Array(userIndices.length * itemCount);
  const userPanels = packUsers(users, userIndices, size);
  const itemPanel = new Float64Array(4 * size);
  const tile = new Float64Array(16);
  const pause = createPause();
  // As many items as some hundred thousand multiplications take, between two looks at the clock.
  const stride = 4 * Math.ceil(2 ** 18 / (16 * size * Math.max(1, userIndices.length)));
  for (let item = 0; item < itemCount; item += 4) {
    if (item % stride === 0) await pause();
    const columns = Math.min(4, itemCount - item);
    for (let c = 0; c < columns; c += 1) packRow(itemPanel, c, items, (item + c) * size, size);
    for (let user = 0; user < userIndices.length; user += 4) {
      tile.fill(0);
      addTile(tile, 0, 1, userPanels, user * size, itemPanel, 0, size);
      const rows = Math.min(4, userIndices.length - user);
      for (let c = 0; c < columns; c += 1) {
        const bias = itemBiases ? itemBiases[item + c]! : 0;
        for (let r = 0; r < rows; r += 1) scores[(user + r) * itemCount + item + c] = tile[4 * c + r]! + bias;
      }
    }
  }
  return scores;
}

function packUsers(users: Float32Array, indices: Int32Array, size: number): Float64Array {
  const panels = new Float64Array(4 * Math.ceil(indices.length / 4) * size);
  for (let at = 0; at < indices.length; at += 1) {
    packRow(panels.subarray((at & ~3) * size), at & 3, users, indices[at]! * size, size);
  }
  return panels;
}
