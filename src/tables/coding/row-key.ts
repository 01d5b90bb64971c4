/** A text that rows in the same states have in common. */
export function rowKey(rows: Int32Array, row: number, width: number): string {
  return rows.subarray(row * width, (row + 1) * width).join(' ');
}
