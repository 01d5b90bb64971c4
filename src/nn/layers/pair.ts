import { refuse } from '../../internal/require.js';

/** One size for rows and columns, or one for each. */
export type Pair = number | readonly [rows: number, columns: number];

/** Rows and columns of a {@link Pair} of integers that are at least `least`. */
export function pairOf(where: string, name: string, value: Pair, least = 1): [number, number] {
  const pair = typeof value === 'number' ? [value, value] : value;
  const whole = Array.isArray(pair) && pair.length === 2 && pair.every((each) => Number.isSafeInteger(each));
  if (!whole || pair.some((each) => each < least)) {
    refuse(where, name, `be an integer of at least ${least}, or two of them`, value);
  }
  return [pair[0]!, pair[1]!];
}
