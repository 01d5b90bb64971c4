import { refuse, requireFilled } from '../../../internal/require.js';

/**
 * Agreement of two raters beyond chance: 1 is full agreement, 0 what chance gives.
 *
 *     (observed agreement - expected agreement) / (1 - expected agreement)
 *
 * Expected is the agreement of two raters who answer at random, each as often so as it did.
 *
 * @param first - The first rater's answers, one for each item.
 * @param second - The second's, of the same items.
 * @returns Kappa; NaN when both gave one and the same answer throughout, which leaves nothing to agree on.
 * @throws RangeError when the lists are empty or of two lengths.
 * @see Cohen, "A Coefficient of Agreement for Nominal Scales" (1960)
 * @example
 * cohenKappa(['real', 'real', 'real', 'fake'], ['real', 'real', 'fake', 'fake']); // 0.5: agreement 0.75, expected 0.5
 */
export function cohenKappa(first: readonly string[], second: readonly string[]): number {
  const count = first.length;
  requireFilled('cohenKappa', 'first', first);
  if (second.length !== count)
    refuse('cohenKappa', 'second', `hold ${count} answers, as \`first\` does`, second.length);
  const answers = [...new Set([...first, ...second])];
  const shareOf = (list: readonly string[], answer: string) => list.filter((each) => each === answer).length / count;
  const observed = first.filter((answer, item) => answer === second[item]).length / count;
  const expected = answers.reduce((sum, answer) => sum + shareOf(first, answer) * shareOf(second, answer), 0);
  return (observed - expected) / (1 - expected);
}

/**
 * Agreement beyond chance of equally many raters of each item: 1 is full agreement, 0 what chance gives.
 *
 *     (mean over items of the share of agreeing pairs of raters - expected) / (1 - expected)
 *
 * Expected is the sum of the squared shares of the answers over everything.
 *
 * @param counts - For each item, how many raters gave each answer; all sum to the same number, at least 2.
 * @returns Kappa; NaN when all gave one and the same answer throughout.
 * @throws RangeError when there are no items, or not 2 raters or more of each, equally many.
 * @see Fleiss, "Measuring Nominal Scale Agreement among Many Raters" (1971)
 * @example
 * fleissKappa([[3, 0], [0, 3], [2, 1], [1, 2]]); // 0.3333333: agreement 2/3, expected 1/2
 */
export function fleissKappa(counts: readonly (readonly number[])[]): number {
  requireFilled('fleissKappa', 'counts', counts);
  const ratersOf = (item: readonly number[]) => item.reduce((sum, count) => sum + count, 0);
  const raters = ratersOf(counts[0]!);
  const odd = counts.findIndex((item) => item.length !== counts[0]!.length || ratersOf(item) !== raters);
  if (odd >= 0) refuse('fleissKappa', `counts[${odd}]`, `count the answers of ${raters} raters`, [...counts[odd]!]);
  if (raters < 2) refuse('fleissKappa', 'counts', 'count the answers of 2 raters at least', raters);
  const pairs = raters * (raters - 1);
  const agreeing = counts.map((item) => item.reduce((sum, count) => sum + count * (count - 1), 0) / pairs);
  const observed = agreeing.reduce((sum, share) => sum + share, 0) / counts.length;
  const totals = counts[0]!.map((_, answer) => counts.reduce((sum, item) => sum + item[answer]!, 0));
  const expected = totals.reduce((sum, total) => sum + (total / (raters * counts.length)) ** 2, 0);
  return (observed - expected) / (1 - expected);
}
