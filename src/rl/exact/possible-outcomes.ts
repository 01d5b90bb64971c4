import { refuse } from '../../internal/require.js';

/** Makes a function that checks the probabilities of outcomes, and lists those above 0. */
export function possibleOutcomes(where: string): (outcomes: Float64Array) => readonly number[] {
  // Many models answer with the same long table everywhere, most of it zeros: it is looked through once.
  let last: Float64Array | undefined;
  let possible: number[] = [];
  return (outcomes) => {
    if (outcomes === last) return possible;
    const found: number[] = [];
    let sum = 0;
    for (let outcome = 0; outcome < (outcomes?.length ?? 0); outcome += 1) {
      const probability = outcomes[outcome]!;
      if (!(probability >= 0)) refuse(where, 'model', 'have outcomes with probabilities >= 0', probability);
      if (probability > 0) found.push(outcome);
      sum += probability;
    }
    if (!(Math.abs(sum - 1) < 1e-6)) refuse(where, 'model', 'have outcomes whose probabilities sum to 1', sum);
    [last, possible] = [outcomes, found];
    return possible;
  };
}
