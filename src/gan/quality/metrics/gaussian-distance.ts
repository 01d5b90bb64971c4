import type { Matrix } from 'ml-matrix';
import type { Moments } from './moments.js';

/** The squared Fréchet distance of two Gaussians. */
export type GaussianDistance = (first: Moments, second: Moments) => number;

/**
 * Loads what the distance needs: |m1 - m2|² + tr(S1 + S2 - 2 (S1 S2)^(1/2)).
 *
 * S1 S2 has the eigenvalues of the symmetric A' S2 A with A A' = S1, and the trace of its root is the sum of their roots:
 * with the eigenvectors U and the eigenvalues L of S1, A = U L^(1/2).
 *
 * @see Dowson and Landau, "The Fréchet Distance between Multivariate Normal Distributions" (1982)
 */
export async function loadGaussianDistance(): Promise<GaussianDistance> {
  const { EigenvalueDecomposition, Matrix } = await import('ml-matrix');
  const symmetric = { assumeSymmetric: true };
  const matrixOf = ({ covariance, mean }: Moments) => Matrix.from1DArray(mean.length, mean.length, covariance);
  const rootOf = (moments: Moments): Matrix => {
    const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(matrixOf(moments), symmetric);
    return eigenvectorMatrix.mulRowVector(realEigenvalues.map(root));
  };
  return (first, second) => {
    const factor = rootOf(first);
    const product = factor.transpose().mmul(matrixOf(second)).mmul(factor);
    const { realEigenvalues } = new EigenvalueDecomposition(product, symmetric);
    const overlap = realEigenvalues.reduce((sum, value) => sum + root(value), 0);
    // Two equal Gaussians may come out a rounding below 0.
    return Math.max(0, shift(first, second) + trace(first) + trace(second) - 2 * overlap);
  };
}

// Eigenvalues of a covariance are not negative, but for rounding.
function root(value: number): number {
  return Math.sqrt(Math.max(0, value));
}

function shift(first: Moments, second: Moments): number {
  return first.mean.reduce((sum, value, column) => sum + (value - second.mean[column]!) ** 2, 0);
}

function trace({ covariance, mean }: Moments): number {
  return mean.reduce((sum, _, column) => sum + covariance[column * (mean.length + 1)]!, 0);
}
