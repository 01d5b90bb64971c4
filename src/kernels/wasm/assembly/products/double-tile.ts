/** Adds the product of a panel of four rows and one of four columns, times `factor`, to a tile of four by four doubles. */
export function addTile(left: usize, right: usize, steps: usize, target: usize, rowBytes: usize, factor: f64): void {
  let a0 = f64x2.splat(0);
  let a1 = f64x2.splat(0);
  let b0 = f64x2.splat(0);
  let b1 = f64x2.splat(0);
  let c0 = f64x2.splat(0);
  let c1 = f64x2.splat(0);
  let d0 = f64x2.splat(0);
  let d1 = f64x2.splat(0);
  for (; steps != 0; --steps) {
    const x = v128.load(right);
    const y = v128.load(right, 16);
    let row = v128.load64_splat(left);
    a0 = f64x2.add(a0, f64x2.mul(row, x));
    a1 = f64x2.add(a1, f64x2.mul(row, y));
    row = v128.load64_splat(left, 8);
    b0 = f64x2.add(b0, f64x2.mul(row, x));
    b1 = f64x2.add(b1, f64x2.mul(row, y));
    row = v128.load64_splat(left, 16);
    c0 = f64x2.add(c0, f64x2.mul(row, x));
    c1 = f64x2.add(c1, f64x2.mul(row, y));
    row = v128.load64_splat(left, 24);
    d0 = f64x2.add(d0, f64x2.mul(row, x));
    d1 = f64x2.add(d1, f64x2.mul(row, y));
    left += 32;
    right += 32;
  }
  addRow(target, a0, a1, factor);
  target += rowBytes;
  addRow(target, b0, b1, factor);
  target += rowBytes;
  addRow(target, c0, c1, factor);
  target += rowBytes;
  addRow(target, d0, d1, factor);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function addRow(target: usize, x: v128, y: v128, factor: f64): void {
  const scale = f64x2.splat(factor);
  v128.store(target, f64x2.add(v128.load(target), f64x2.mul(scale, x)));
  v128.store(target, f64x2.add(v128.load(target, 16), f64x2.mul(scale, y)), 16);
}
