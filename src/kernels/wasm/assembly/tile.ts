/** Rows and columns of the block of a product that is kept in registers: eight vectors, as many as do not spill. */
export const TILE_ROWS: usize = 4;
export const TILE_COLUMNS: usize = 8;

// The product comes first: in this order fuse-products.ts finds the two instructions and makes them one where it can.
// @ts-ignore: decorator
@inline
function addProduct(sum: v128, factor: v128, row: v128): v128 {
  return f32x4.add(f32x4.mul(factor, row), sum);
}

/**
 * One 4 × 8 block of a product, from packed panels.
 *
 * `left` holds four numbers for each of `depth` (at least one) steps, `right` eight. The result is stored at `output`,
 * whose rows are `rowBytes` apart, or added to what is there.
 *
 * Eight steps are written out, each ending in a branch: the branch keeps compilers from moving the loads of all eight to
 * the top, where they would push the sums out of the registers.
 */
export function multiplyTile(
  left: usize,
  right: usize,
  depth: usize,
  output: usize,
  rowBytes: usize,
  accumulate: bool,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  while (true) {
    let x = v128.load(right);
    let y = v128.load(right, 16);
    let a = v128.load32_splat(left);
    let b = v128.load32_splat(left, 4);
    let c = v128.load32_splat(left, 8);
    let d = v128.load32_splat(left, 12);
    a0 = addProduct(a0, a, x);
    a1 = addProduct(a1, a, y);
    b0 = addProduct(b0, b, x);
    b1 = addProduct(b1, b, y);
    c0 = addProduct(c0, c, x);
    c1 = addProduct(c1, c, y);
    d0 = addProduct(d0, d, x);
    d1 = addProduct(d1, d, y);
    left += 16;
    if (--depth == 0) break;
    x = v128.load(right, 32);
    y = v128.load(right, 48);
    a = v128.load32_splat(left);
    b = v128.load32_splat(left, 4);
    c = v128.load32_splat(left, 8);
    d = v128.load32_splat(left, 12);
    a0 = addProduct(a0, a, x);
    a1 = addProduct(a1, a, y);
    b0 = addProduct(b0, b, x);
    b1 = addProduct(b1, b, y);
    c0 = addProduct(c0, c, x);
    c1 = addProduct(c1, c, y);
    d0 = addProduct(d0, d, x);
    d1 = addProduct(d1, d, y);
    left += 16;
    if (--depth == 0) break;
    x = v128.load(right, 64);
    y = v128.load(right, 80);
    a = v128.load32_splat(left);
    b = v128.load32_splat(left, 4);
    c = v128.load32_splat(left, 8);
    d = v128.load32_splat(left, 12);
    a0 = addProduct(a0, a, x);
    a1 = addProduct(a1, a, y);
    b0 = addProduct(b0, b, x);
    b1 = addProduct(b1, b, y);
    c0 = addProduct(c0, c, x);
    c1 = addProduct(c1, c, y);
    d0 = addProduct(d0, d, x);
    d1 = addProduct(d1, d, y);
    left += 16;
    if (--depth == 0) break;
    x = v128.load(right, 96);
    y = v128.load(right, 112);
    a = v128.load32_splat(left);
    b = v128.load32_splat(left, 4);
    c = v128.load32_splat(left, 8);
    d = v128.load32_splat(left, 12);
    a0 = addProduct(a0, a, x);
    a1 = addProduct(a1, a, y);
    b0 = addProduct(b0, b, x);
    b1 = addProduct(b1, b, y);
    c0 = addProduct(c0, c, x);
    c1 = addProduct(c1, c, y);
    d0 = addProduct(d0, d, x);
    d1 = addProduct(d1, d, y);
    left += 16;
    if (--depth == 0) break;
    x = v128.load(right, 128);
    y = v128.load(right, 144);
    a = v128.load32_splat(left);
    b = v128.load32_splat(left, 4);
    c = v128.load32_splat(left, 8);
    d = v128.load32_splat(left, 12);
    a0 = addProduct(a0, a, x);
    a1 = addProduct(a1, a, y);
    b0 = addProduct(b0, b, x);
    b1 = addProduct(b1, b, y);
    c0 = addProduct(c0, c, x);
    c1 = addProduct(c1, c, y);
    d0 = addProduct(d0, d, x);
    d1 = addProduct(d1, d, y);
    left += 16;
    if (--depth == 0) break;
    x = v128.load(right, 160);
    y = v128.load(right, 176);
    a = v128.load32_splat(left);
    b = v128.load32_splat(left, 4);
    c = v128.load32_splat(left, 8);
    d = v128.load32_splat(left, 12);
    a0 = addProduct(a0, a, x);
    a1 = addProduct(a1, a, y);
    b0 = addProduct(b0, b, x);
    b1 = addProduct(b1, b, y);
    c0 = addProduct(c0, c, x);
    c1 = addProduct(c1, c, y);
    d0 = addProduct(d0, d, x);
    d1 = addProduct(d1, d, y);
    left += 16;
    if (--depth == 0) break;
    x = v128.load(right, 192);
    y = v128.load(right, 208);
    a = v128.load32_splat(left);
    b = v128.load32_splat(left, 4);
    c = v128.load32_splat(left, 8);
    d = v128.load32_splat(left, 12);
    a0 = addProduct(a0, a, x);
    a1 = addProduct(a1, a, y);
    b0 = addProduct(b0, b, x);
    b1 = addProduct(b1, b, y);
    c0 = addProduct(c0, c, x);
    c1 = addProduct(c1, c, y);
    d0 = addProduct(d0, d, x);
    d1 = addProduct(d1, d, y);
    left += 16;
    if (--depth == 0) break;
    x = v128.load(right, 224);
    y = v128.load(right, 240);
    a = v128.load32_splat(left);
    b = v128.load32_splat(left, 4);
    c = v128.load32_splat(left, 8);
    d = v128.load32_splat(left, 12);
    a0 = addProduct(a0, a, x);
    a1 = addProduct(a1, a, y);
    b0 = addProduct(b0, b, x);
    b1 = addProduct(b1, b, y);
    c0 = addProduct(c0, c, x);
    c1 = addProduct(c1, c, y);
    d0 = addProduct(d0, d, x);
    d1 = addProduct(d1, d, y);
    left += 16;
    right += 256;
    if (--depth == 0) break;
  }
  storeRow(output, a0, a1, accumulate);
  storeRow(output + rowBytes, b0, b1, accumulate);
  storeRow(output + 2 * rowBytes, c0, c1, accumulate);
  storeRow(output + 3 * rowBytes, d0, d1, accumulate);
}

// @ts-ignore: decorator
@inline
function storeRow(output: usize, first: v128, second: v128, accumulate: bool): void {
  if (accumulate) {
    first = f32x4.add(first, v128.load(output));
    second = f32x4.add(second, v128.load(output, 16));
  }
  v128.store(output, first);
  v128.store(output, second, 16);
}
