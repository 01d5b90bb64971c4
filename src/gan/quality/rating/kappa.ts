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
 * @see Cohen, "A Coefficient of Agreement for Nominal Scales" (1960)
 */
export function cohenKappa(first: readonly string[], second: readonly string[]): number {
  const count = first.length;
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
 * @see Fleiss, "Measuring Nominal Scale Agreement among Many Raters" (1971)
 */
export function fleissKappa(counts: readonly (readonly number[])[]): number {
  const raters = counts[0]!.reduce((sum, count) => sum + count, 0);
  const pairs = raters * (raters - 1);
  const agreeing = counts.map((item) => item.reduce((sum, count) => sum + count * (count - 1), 0) / pairs);
  const observed = agreeing.reduce((sum, share) => sum + share, 0) / counts.length;
  const totals = counts[0]!.map((_, answer) => counts.reduce((sum, item) => sum + item[answer]!, 0));
  const expected = totals.reduce((sum, total) => sum + (total / (raters * counts.length)) ** 2, 0);
  return (observed - expected) / (1 - expected);
}
