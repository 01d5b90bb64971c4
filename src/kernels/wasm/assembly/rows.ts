import { addTo, copyNumbers } from './vectors';

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

/** Copies the rows of each of `outer` tables of `tableRows` rows that the ids name, in their order. */
export function takeRows(
  tables: usize,
  outer: usize,
  tableRows: usize,
  rowSize: usize,
  ids: usize,
  count: usize,
  output: usize,
): void {
  const rowBytes = rowSize << 2;
  for (; outer != 0; --outer) {
    for (let each: usize = 0; each < count; ++each) {
      copyNumbers(tables + <usize>load<u32>(ids + (each << 2)) * rowBytes, rowSize, output);
      output += rowBytes;
    }
    tables += tableRows * rowBytes;
  }
}

/** Adds to each row at `target` the row of `source` that its id names. */
export function addTakenRows(source: usize, rowSize: usize, ids: usize, count: usize, target: usize): void {
  const rowBytes = rowSize << 2;
  for (let each: usize = 0; each < count; ++each) {
    addTo(target, source + <usize>load<u32>(ids + (each << 2)) * rowBytes, rowSize);
    target += rowBytes;
  }
}
