import { refuse } from '../../internal/require.js';

/**
 * Gives an answer back whose numbers are finite, and refuses the options that lead to another: of numbers near the largest and the smallest
 * there are, products overflow or vanish, and what comes of them means nothing.
 */
export function finiteAnswer<T extends Readonly<Record<string, unknown>>>(where: string, answer: T): T {
  const wrong = Object.entries(answer).find(([, value]) => !holdsFinite(value));
  if (wrong) refuse(where, 'options', `be numbers of which \`${wrong[0]}\` can be computed`, wrong[1]);
  return answer;
}

function holdsFinite(value: unknown): boolean {
  if (value instanceof Float64Array) return value.every(Number.isFinite);
  return typeof value !== 'number' || Number.isFinite(value);
}
