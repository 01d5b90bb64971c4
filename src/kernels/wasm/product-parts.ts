import { type Call, type Part, type Run, runsOf, splitWork, threadsFor } from '../threads/split-work.js';
import type { KernelRoutines } from './module/kernel-routines.js';
import { lineOf, type WasmMemoryBackend, withScratch } from './module/wasm-memory.js';

/** One product of matrices in memory, as the routine `multiply` takes it. */
export interface Product {
  /** How the left operand lies: a matrix (0), windows of a convolution as rows (1), or as columns (2). */
  readonly kind: number;
  readonly left: number;
  readonly leftRowBytes: number;
  readonly leftStepBytes: number;
  readonly right: number;
  readonly rightStepBytes: number;
  readonly rightColumnBytes: number;
  readonly output: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
}

/** Lines of the cache hold 16 numbers: columns of one line stay in one thread. */
const LINE_COLUMNS = 16;
const TILE_ROWS = 4;

/** Calls that a thread does as one part: so many fit in a job. */
const MOST_CALLS = 64;

/**
 * Computes `count` products of equal sizes, on as many threads as they are worth.
 *
 * Each is cut into blocks of rows or of columns, whichever are more, since the operand of the other side is packed anew for each block;
 * never by depth: a number is summed in one block, in the order of a product that is not cut.
 *
 * @param before - Calls that a thread must do first, given scratch of `beforeBytes`.
 */
export function multiplyAll(
  routines: KernelRoutines,
  backend: WasmMemoryBackend,
  count: number,
  productOf: (index: number) => Product,
  { before, beforeBytes = 0 }: { before?: (scratch: number) => Call<KernelRoutines>; beforeBytes?: number } = {},
): void {
  if (count === 0) return;
  const { rows, depth, columns } = productOf(0);
  const threads = threadsFor(routines, count * rows * depth * columns);
  const blocks = blocksOf(rows, columns, Math.max(1, Math.floor(threads / count)));
  const calls = count * blocks.length;
  const groups = runsOf(calls, threads === 1 ? 1 : Math.max(threads, Math.ceil(calls / MOST_CALLS)));
  const own = lineOf(beforeBytes);
  const bytes = own + lineOf(routines.multiplyScratch(Math.max(...blocks.map((block) => block.rows.count)), depth));
  withScratch(backend, bytes * groups.length, (scratch) => {
    const parts = groups.map(({ start, count: length }, group): Part<KernelRoutines> => {
      const place = scratch + bytes * group;
      const products = Array.from({ length }, (_, index) => {
        const call = start + index;
        return callOf(productOf(Math.floor(call / blocks.length)), blocks[call % blocks.length]!, place + own);
      });
      return before ? [before(place), ...products] : products;
    });
    splitWork(routines, parts);
  });
}

/** Some rows of a product, or some columns. */
export interface Block {
  readonly rows: Run;
  readonly columns: Run;
}

/** Cuts a product into at most `count` blocks of rows or of columns, whichever are more. */
export function blocksOf(rows: number, columns: number, count: number): Block[] {
  const all = { rows: { start: 0, count: rows }, columns: { start: 0, count: columns } };
  if (count === 1) return [all];
  if (rows >= columns) return runsOf(rows, count, TILE_ROWS).map((run) => ({ ...all, rows: run }));
  return runsOf(columns, count, LINE_COLUMNS).map((run) => ({ ...all, columns: run }));
}

function callOf(product: Product, { rows, columns }: Block, scratch: number): Call<KernelRoutines> {
  const rowBytes = 4 * product.columns;
  return [
    'multiply',
    product.kind,
    product.left,
    product.leftRowBytes,
    product.leftStepBytes,
    product.right + columns.start * product.rightColumnBytes,
    product.rightStepBytes,
    product.rightColumnBytes,
    product.output + rows.start * rowBytes + 4 * columns.start,
    rowBytes,
    rows.start,
    rows.count,
    product.depth,
    columns.count,
    scratch,
    0,
  ];
}
