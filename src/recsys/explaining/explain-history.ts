import { confidencesOf, fixedSide, sharesOfScore } from '../folding/fit-vector.js';
import type { LeastSquares, Recommender } from '../recommender.js';
import type { UserScores } from '../serving/user-scores.js';
import { addUp, type Contribution } from './explanation.js';

/** What each past item adds to a score by least squares, exactly. */
export async function explainBySquares(
  where: string,
  recommender: Recommender,
  leastSquares: LeastSquares,
  user: UserScores,
  item: number,
): Promise<Contribution[]> {
  const factors = await recommender.factors!();
  const { size, items, itemBiases } = factors;
  const { seen } = recommender;
  const known = user.index >= 0 && seen ? [seen.offsets[user.index]!, seen.offsets[user.index + 1]!] : undefined;
  const confidences = known
    ? leastSquares.confidences.subarray(...known)
    : confidencesOf(where, leastSquares, user.weights);
  const target = items.subarray(item * size, (item + 1) * size);
  const shares =
    user.seenItems.length === 0
      ? new Float64Array(0)
      : await sharesOfScore(await fixedSide(leastSquares, factors, 'items'), user.seenItems, confidences, target);
  const bias = itemBiases?.[item] ?? 0;
  return addUp([
    ...(bias === 0
      ? []
      : [{ kind: 'feature', feature: 'item', id: recommender.items.idAt(item)!, value: bias } as const]),
    ...Array.from(user.seenItems, (past, row) => ofHistory(recommender, past, shares[row]!)),
  ]);
}

/** What each past item adds to a score that follows from the history alone: the score of a history of that item. */
export async function explainByHistory(
  recommender: Recommender,
  user: UserScores,
  item: number,
): Promise<Contribution[]> {
  const score = async (items: Int32Array, weights: Float32Array) =>
    (await recommender.scoreHistory!(items, weights))[item]!;
  const alone = await score(new Int32Array(0), new Float32Array(0));
  const contributions: Contribution[] = [];
  if (alone !== 0) {
    contributions.push({ kind: 'feature', feature: 'item', id: recommender.items.idAt(item)!, value: alone });
  }
  for (const past of new Set(user.seenItems)) {
    const rows = [...user.seenItems.keys()].filter((row) => user.seenItems[row] === past);
    const weights = Float32Array.from(rows, (row) => user.weights[row]!);
    const one = await score(new Int32Array(rows.length).fill(past), weights);
    if (one !== alone) contributions.push(ofHistory(recommender, past, one - alone));
  }
  return contributions;
}

function ofHistory({ items }: Recommender, past: number, value: number): Contribution {
  const id = items.idAt(past);
  return { kind: 'history', feature: 'history', ...(id !== undefined && { id }), value };
}
