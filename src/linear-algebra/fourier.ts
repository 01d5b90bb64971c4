/**
 * The discrete Fourier transform of complex numbers, in place:
 *
 *     X[k] = sum over j of x[j] exp(-2 pi i j k / n)
 *
 * @param re - `[n]`, n a power of two.
 * @param im - `[n]`.
 * @see Cooley and Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series" (1965)
 */
export function fourierTransform(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  reorder(re, im);
  const [cos, sin] = rootsOfUnity(size);
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let k = 0; k < half; k += 1) {
        const [even, odd] = [start + k, start + k + half];
        const [c, s] = [cos[k * stride]!, sin[k * stride]!];
        const oddRe = re[odd]! * c - im[odd]! * s;
        const oddIm = re[odd]! * s + im[odd]! * c;
        re[odd] = re[even]! - oddRe;
        im[odd] = im[even]! - oddIm;
        re[even]! += oddRe;
        im[even]! += oddIm;
      }
    }
  }
}

function rootsOfUnity(size: number): [Float64Array, Float64Array] {
  const angle = (k: number) => (-2 * Math.PI * k) / size;
  return [
    Float64Array.from({ length: size / 2 }, (_, k) => Math.cos(angle(k))),
    Float64Array.from({ length: size / 2 }, (_, k) => Math.sin(angle(k))),
  ];
}

// Each entry to the place whose binary digits are its own read backwards.
function reorder(re: Float64Array, im: Float64Array): void {
  for (let place = 1, mirror = 0; place < re.length; place += 1) {
    let bit = re.length >> 1;
    while (mirror & bit) {
      mirror ^= bit;
      bit >>= 1;
    }
    mirror |= bit;
    if (place >= mirror) continue;
    [re[place], re[mirror]] = [re[mirror]!, re[place]!];
    [im[place], im[mirror]] = [im[mirror]!, im[place]!];
  }
}
