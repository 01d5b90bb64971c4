/**
 * Products and tridiagonal forms of matrices of doubles, two at a time. A module of its own, so that only what needs
 * double precision carries it.
 */

import { addTile } from './products/double-tile';

/** Steps of the inner dimension that are packed at a time: a panel of four columns takes 8 kB. */
const BLOCK_DEPTH: usize = 256;
/** Bytes of a tile of four by four. */
const TILE_BYTES: usize = 128;

/** Bytes of scratch memory that a product with so many rows needs. */
export function multiplyScratch(rows: usize): usize {
  return TILE_BYTES + (BLOCK_DEPTH << 5) + ((((rows + 3) & ~3) * BLOCK_DEPTH) << 3);
}

/** `output [rows, columns] += factor * left [rows, depth] * right [depth, columns]`, by strides in bytes. */
export function multiply(
  left: usize,
  leftRowBytes: usize,
  leftStepBytes: usize,
  right: usize,
  rightStepBytes: usize,
  rightColumnBytes: usize,
  output: usize,
  outputRowBytes: usize,
  rows: usize,
  depth: usize,
  columns: usize,
  factor: f64,
  scratch: usize,
): void {
  const strip = scratch + TILE_BYTES;
  const panels = strip + (BLOCK_DEPTH << 5);
  for (let step: usize = 0; step < depth; step += BLOCK_DEPTH) {
    const steps = min(BLOCK_DEPTH, depth - step);
    for (let row: usize = 0; row < rows; row += 4) {
      const from = left + row * leftRowBytes + step * leftStepBytes;
      pack(from, leftRowBytes, leftStepBytes, min<usize>(4, rows - row), steps, panels + ((row * steps) << 3));
    }
    for (let column: usize = 0; column < columns; column += 4) {
      const wide = min<usize>(4, columns - column);
      pack(right + column * rightColumnBytes + step * rightStepBytes, rightColumnBytes, rightStepBytes, wide, steps, strip);
      for (let row: usize = 0; row < rows; row += 4) {
        const target = output + row * outputRowBytes + (column << 3);
        const high = min<usize>(4, rows - row);
        const panel = panels + ((row * steps) << 3);
        if (wide == 4 && high == 4) {
          addTile(panel, strip, steps, target, outputRowBytes, factor);
        } else {
          memory.fill(scratch, 0, TILE_BYTES);
          addTile(panel, strip, steps, scratch, 32, factor);
          addCorner(scratch, target, outputRowBytes, high, wide);
        }
      }
    }
  }
}

/** Puts four lanes side by side for each step; lanes past the edge become zeros. */
function pack(source: usize, laneBytes: usize, stepBytes: usize, lanes: usize, steps: usize, panel: usize): void {
  if (lanes < 4) {
    for (; steps != 0; --steps) {
      for (let lane: usize = 0; lane < 4; ++lane) {
        store<f64>(panel + (lane << 3), lane < lanes ? load<f64>(source + lane * laneBytes) : 0);
      }
      source += stepBytes;
      panel += 32;
    }
    return;
  }
  if (laneBytes == 8) {
    for (; steps != 0; --steps) {
      v128.store(panel, v128.load(source));
      v128.store(panel, v128.load(source, 16), 16);
      source += stepBytes;
      panel += 32;
    }
    return;
  }
  let second = source + laneBytes;
  let third = second + laneBytes;
  let fourth = third + laneBytes;
  for (; steps != 0; --steps) {
    store<f64>(panel, load<f64>(source));
    store<f64>(panel, load<f64>(second), 8);
    store<f64>(panel, load<f64>(third), 16);
    store<f64>(panel, load<f64>(fourth), 24);
    source += stepBytes;
    second += stepBytes;
    third += stepBytes;
    fourth += stepBytes;
    panel += 32;
  }
}

function addCorner(tile: usize, target: usize, rowBytes: usize, rows: usize, columns: usize): void {
  for (; rows != 0; --rows) {
    for (let offset: usize = 0; offset < columns << 3; offset += 8) {
      store<f64>(target + offset, load<f64>(target + offset) + load<f64>(tile + offset));
    }
    tile += 32;
    target += rowBytes;
  }
}

/**
 * Householder's reduction of a symmetric matrix `[size, size]`, of which the lower triangle is read and overwritten, to
 * tridiagonal form, row by row from the last: rows `from - 1` down to `to` in this call, so that long work can be cut.
 *
 * The update that one row leaves is made in the same pass as the product that the next row needs: one way through the
 * triangle for each row.
 *
 * @param work - Two vectors, zeros before the first call.
 */
export function tridiagonalise(
  matrix: usize,
  size: usize,
  from: usize,
  to: usize,
  diagonal: usize,
  beside: usize,
  work: usize,
): void {
  const rowBytes = size << 3;
  for (let index = from; index > to; ) {
    --index;
    const row = matrix + index * rowBytes;
    const q = work + ((index + 1) & 1) * rowBytes;
    // No update is pending at the first row: its vectors are zeros.
    const u = index + 1 == size ? q : row + rowBytes;
    const p = work + (index & 1) * rowBytes;
    updateRow(row, index + 1, load<f64>(q + (index << 3)), load<f64>(u + (index << 3)), u, q);
    store<f64>(diagonal + (index << 3), load<f64>(row + (index << 3)));
    if (index == 0) return;
    const half = reflect(row, index, beside + (index << 3));
    memory.fill(p, 0, index << 3);
    for (let other: usize = 0; other < index; ++other) passRow(matrix + other * rowBytes, other, u, q, row, p);
    finish(row, p, index, half);
  }
}

/** Takes `q_i u' + u_i q'` off a row. */
function updateRow(row: usize, length: usize, qi: f64, ui: f64, u: usize, q: usize): void {
  for (let at: usize = 0; at < length << 3; at += 8) {
    store<f64>(row + at, load<f64>(row + at) - (qi * load<f64>(u + at) + ui * load<f64>(q + at)));
  }
}

/** Turns a row into the vector u of the reflection I - u u' / h that leaves its last number alone; gives h, or 0 for none. */
function reflect(row: usize, length: usize, beside: usize): f64 {
  const last = row + ((length - 1) << 3);
  let rest: f64 = 0;
  for (let at = row; at < last; at += 8) rest += load<f64>(at) * load<f64>(at);
  const alpha = load<f64>(last);
  if (rest == 0) {
    store<f64>(beside, alpha);
    return 0;
  }
  const norm = sqrt<f64>(alpha * alpha + rest);
  const image = alpha > 0 ? -norm : norm;
  store<f64>(beside, image);
  store<f64>(last, alpha - image);
  return alpha * alpha + rest - alpha * image;
}

/** Brings one row of the triangle up to date and adds its part of the product with v to p. */
function passRow(row: usize, index: usize, u: usize, q: usize, v: usize, p: usize): void {
  const diagonalAt = index << 3;
  const qi = load<f64>(q + diagonalAt);
  const ui = load<f64>(u + diagonalAt);
  const vi = load<f64>(v + diagonalAt);
  const qs = f64x2.splat(qi);
  const us = f64x2.splat(ui);
  const vs = f64x2.splat(vi);
  let sums = f64x2.splat(0);
  let at: usize = 0;
  const end = diagonalAt & ~15;
  for (; at < end; at += 16) {
    const change = f64x2.add(f64x2.mul(qs, v128.load(u + at)), f64x2.mul(us, v128.load(q + at)));
    const value = f64x2.sub(v128.load(row + at), change);
    v128.store(row + at, value);
    sums = f64x2.add(sums, f64x2.mul(value, v128.load(v + at)));
    v128.store(p + at, f64x2.add(v128.load(p + at), f64x2.mul(value, vs)));
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (at < diagonalAt) {
    const value = load<f64>(row + at) - (qi * load<f64>(u + at) + ui * load<f64>(q + at));
    store<f64>(row + at, value);
    sum += value * load<f64>(v + at);
    store<f64>(p + at, load<f64>(p + at) + value * vi);
  }
  const value = load<f64>(row + diagonalAt) - 2 * qi * ui;
  store<f64>(row + diagonalAt, value);
  store<f64>(p + diagonalAt, load<f64>(p + diagonalAt) + sum + value * vi);
}

/** Makes of p = A u what the next update needs: p / h - u (u' p) / (2 h²); zeros where there was no reflection. */
function finish(u: usize, p: usize, length: usize, h: f64): void {
  if (h == 0) {
    memory.fill(p, 0, length << 3);
    return;
  }
  let sum: f64 = 0;
  for (let at: usize = 0; at < length << 3; at += 8) {
    const value = load<f64>(p + at) / h;
    store<f64>(p + at, value);
    sum += value * load<f64>(u + at);
  }
  const share = sum / (2 * h);
  for (let at: usize = 0; at < length << 3; at += 8) {
    store<f64>(p + at, load<f64>(p + at) - share * load<f64>(u + at));
  }
}
