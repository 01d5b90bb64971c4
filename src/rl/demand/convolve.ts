import { fourierTransform } from '../../linear-algebra/fourier.js';

// Products of entries that are multiplied out one by one; above that, by Fourier transform.
const mostProducts = 2 ** 21;
// What rounding leaves of nothing in a transform of probabilities.
const noise = 5e-17;

/** The distribution of the sum of two independent numbers: `[A + B - 1]` from `[A]` and `[B]`, trailing zeros cut off. */
export function convolve(first: Float64Array, second: Float64Array): Float64Array {
  const [a, b] = [placesOf(first), placesOf(second)];
  if (a.length * b.length > mostProducts) return trimmed(byTransform(first, second));
  const product = new Float64Array(first.length + second.length - 1);
  for (const left of a) {
    for (const right of b) product[left + right]! += first[left]! * second[right]!;
  }
  return trimmed(product);
}

function placesOf(table: Float64Array): Int32Array {
  const places = new Int32Array(table.length);
  let count = 0;
  for (let place = 0; place < table.length; place += 1) {
    if (table[place] === 0) continue;
    places[count] = place;
    count += 1;
  }
  return places.subarray(0, count);
}

function trimmed(table: Float64Array): Float64Array {
  let length = table.length;
  while (length > 1 && table[length - 1] === 0) length -= 1;
  return table.subarray(0, length);
}

// Both at once, as real and imaginary part: with Z their transform, that of the product is (Z(k)^2 - conj Z(-k)^2) / 4i.
function byTransform(first: Float64Array, second: Float64Array): Float64Array {
  const length = first.length + second.length - 1;
  const size = 2 ** Math.ceil(Math.log2(length));
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  re.set(first);
  im.set(second);
  fourierTransform(re, im);
  const [productRe, productIm] = [new Float64Array(size), new Float64Array(size)];
  for (let k = 0; k < size; k += 1) {
    const opposite = (size - k) & (size - 1);
    const [x, y, u, v] = [re[k]!, im[k]!, re[opposite]!, im[opposite]!];
    productRe[k] = (x * y + u * v) / 2;
    productIm[k] = -(x * x - y * y - u * u + v * v) / 4;
  }
  // The inverse is the transform with real and imaginary part exchanged, divided by the size.
  fourierTransform(productIm, productRe);
  return productRe.subarray(0, length).map((value) => (value / size > noise ? value / size : 0));
}
