/**
 * Points that fill the unit cube evenly: coordinate `j` of point `i` is the fraction of (i + 1/2) times the root of the j-th prime.
 *
 * @returns The coordinate, in (0, 1), by point and dimension.
 * @see Richtmyer (1951); Genz and Bretz, "Computation of Multivariate Normal and t Probabilities" (2009), 4.2
 */
export function lattice(dimensions: number): (point: number, dimension: number) => number {
  const roots = primes(dimensions).map(Math.sqrt);
  return (point, dimension) => {
    const fraction = ((point + 0.5) * roots[dimension]!) % 1;
    return Math.min(1 - 2 ** -53, Math.max(2 ** -53, fraction));
  };
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number += 1) {
    if (found.every((prime) => number % prime > 0)) found.push(number);
  }
  return found;
}
