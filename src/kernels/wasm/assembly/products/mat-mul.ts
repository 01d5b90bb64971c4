import { packTaps } from '../convolutions/conv-taps';
import { packWindows } from '../convolutions/conv-windows';
import { packPanel } from './pack';
import { multiplyTile, TILE_COLUMNS, TILE_ROWS } from '../tile';

/** Rows of the left operand that are packed at a time: with 320 steps, 640 kB, at home in a second-level cache. */
const BLOCK_ROWS: usize = 512;
/** Steps of the inner dimension at a time: a right panel of 10 kB stays in the first-level cache. */
const BLOCK_DEPTH: usize = 320;

/** How the left operand lies in memory: a matrix, the windows of a convolution as rows, or as columns. */
export const MATRIX: i32 = 0;
export const WINDOWS: i32 = 1;
export const TAPS: i32 = 2;

/** Bytes of scratch memory that a product of these sizes needs. */
export function multiplyScratch(rows: usize, depth: usize): usize {
  const blockRows = (min(rows, BLOCK_ROWS) + TILE_ROWS - 1) & ~(TILE_ROWS - 1);
  const blockDepth = min(depth, BLOCK_DEPTH);
  return (TILE_ROWS * TILE_COLUMNS + TILE_COLUMNS * blockDepth + blockRows * blockDepth) << 2;
}

/**
 * `output [rows, columns] = left [rows, depth] * right [depth, columns]`, by strides in bytes.
 *
 * An operand stored transposed has its strides exchanged. Of the left operand, rows from `firstRow` on take part: a left operand that
 * is made of convolution windows is packed from the images themselves, `left` are the images, its strides are not read. To
 * accumulate is to add the product to what is in `output`. A number is summed in the same order whatever block it is part of.
 */
export function multiply(
  kind: i32,
  left: usize,
  leftRowBytes: usize,
  leftStepBytes: usize,
  right: usize,
  rightStepBytes: usize,
  rightColumnBytes: usize,
  output: usize,
  outputRowBytes: usize,
  firstRow: usize,
  rows: usize,
  depth: usize,
  columns: usize,
  scratch: usize,
  accumulate: bool,
): void {
  if (depth == 0) {
    if (!accumulate) for (; rows != 0; --rows, output += outputRowBytes) memory.fill(output, 0, columns << 2);
    return;
  }
  const blocks = (depth + BLOCK_DEPTH - 1) / BLOCK_DEPTH;
  const blockDepth = (depth + blocks - 1) / blocks;
  const panels = scratch + ((TILE_ROWS * TILE_COLUMNS + TILE_COLUMNS * blockDepth) << 2);
  for (let row: usize = 0; row < rows; row += BLOCK_ROWS) {
    const blockRows = min(BLOCK_ROWS, rows - row);
    const target = output + row * outputRowBytes;
    for (let step: usize = 0; step < depth; step += blockDepth) {
      const steps = min(blockDepth, depth - step);
      packLeft(kind, left, leftRowBytes, leftStepBytes, firstRow + row, blockRows, step, steps, panels);
      const from = right + step * rightStepBytes;
      const adds = accumulate || step != 0;
      sweep(panels, from, rightStepBytes, rightColumnBytes, target, outputRowBytes, blockRows, steps, columns, adds, scratch);
    }
  }
}

/** Packs a block of the left operand into panels of four rows. */
export function packLeft(
  kind: i32,
  left: usize,
  rowBytes: usize,
  stepBytes: usize,
  row: usize,
  rows: usize,
  step: usize,
  steps: usize,
  panel: usize,
): void {
  const end = row + rows;
  for (; row < end; row += TILE_ROWS) {
    const lanes = min(TILE_ROWS, end - row);
    if (kind == WINDOWS) packWindows(left, row, lanes, step, steps, panel);
    else if (kind == TAPS) packTaps(left, row, lanes, step, steps, panel);
    else packPanel(left + row * rowBytes + step * stepBytes, rowBytes, stepBytes, lanes, steps, TILE_ROWS, panel);
    panel += (TILE_ROWS * steps) << 2;
  }
}

/** Multiplies packed rows by all columns of the right operand, packing eight columns at a time. */
function sweep(
  panels: usize,
  right: usize,
  rightStepBytes: usize,
  rightColumnBytes: usize,
  output: usize,
  rowBytes: usize,
  rows: usize,
  depth: usize,
  columns: usize,
  accumulate: bool,
  scratch: usize,
): void {
  const rightPanel = scratch + ((TILE_ROWS * TILE_COLUMNS) << 2);
  for (let column: usize = 0; column < columns; column += TILE_COLUMNS) {
    const wide = min(TILE_COLUMNS, columns - column);
    packPanel(right + column * rightColumnBytes, rightColumnBytes, rightStepBytes, wide, depth, TILE_COLUMNS, rightPanel);
    let panel = panels;
    let target = output + (column << 2);
    for (let row: usize = 0; row < rows; row += TILE_ROWS) {
      const high = min(TILE_ROWS, rows - row);
      if (wide == TILE_COLUMNS && high == TILE_ROWS) {
        multiplyTile(panel, rightPanel, depth, target, rowBytes, accumulate);
      } else {
        multiplyTile(panel, rightPanel, depth, scratch, TILE_COLUMNS << 2, false);
        storeCorner(scratch, target, rowBytes, high, wide, accumulate);
      }
      panel += (TILE_ROWS * depth) << 2;
      target += TILE_ROWS * rowBytes;
    }
  }
}

/** Copies the part of a tile that lies inside the output. */
function storeCorner(tile: usize, output: usize, rowBytes: usize, rows: usize, columns: usize, accumulate: bool): void {
  for (; rows != 0; --rows) {
    for (let offset: usize = 0; offset < columns << 2; offset += 4) {
      const value = load<f32>(tile + offset);
      store<f32>(output + offset, accumulate ? load<f32>(output + offset) + value : value);
    }
    tile += TILE_COLUMNS << 2;
    output += rowBytes;
  }
}
