import { addTo } from './vectors';

/** Adds each row at `values` to the row of `sums` that its id names; ids outside `0 ... segments - 1` name none. */
export function addRows(values: usize, ids: usize, sums: usize, rows: usize, rowSize: usize, segments: usize): void {
  const rowBytes = rowSize << 2;
  for (let row: usize = 0; row < rows; ++row) {
    // A negative id is huge when read as unsigned.
    const segment = <usize>load<u32>(ids + (row << 2));
    if (segment < segments) addTo(sums + segment * rowBytes, values, rowSize);
    values += rowBytes;
  }
}
