/**
 * The exponent of gBCE's positive probabilities, which takes back what drawing few negatives does to them: 1 is plain binary
 * cross-entropy.
 *
 *     a = negatives / (items - 1),   beta = a * (t * (1 - 1 / a) + 1 / a) = 1 - t * (1 - a)
 *
 * @param calibration - t, in [0, 1].
 * @see Petrov and Macdonald, "gSASRec: Reducing Overconfidence in Sequential Recommendation Trained with Negative Sampling" (2023), equation 18
 */
export function positiveExponent(negatives: number, items: number, calibration: number): number {
  return 1 - calibration * (1 - Math.min(1, negatives / (items - 1)));
}

/** Scores of one sequence's positions, as places. */
export interface SequenceScores {
  /** `[length]`: of the item that came next; overwritten by slopes. */
  readonly positives: number;
  /** `[length, negatives]`: overwritten by slopes. */
  readonly negatives: number;
}

/** The items behind the scores. */
export interface ScoredItems {
  /** Which came next, one for each position. */
  readonly targets: Int32Array;
  /** Which were drawn, the same for all positions. */
  readonly negatives: Int32Array;
}

/**
 * gBCE of the positions of one sequence, and in the place of scores their slopes, times `share`. A negative that is the very
 * item that came next counts nothing there.
 *
 *     loss = share * sum over positions of (-beta * log sigmoid(positive) - sum over negatives of log(1 - sigmoid(negative)))
 *
 * @see Petrov and Macdonald (2023), as above, equation 14
 */
export function gbceSlopes(
  memory: Float32Array,
  scores: SequenceScores,
  { targets, negatives }: ScoredItems,
  beta: number,
  share: number,
): number {
  let loss = 0;
  for (let row = 0; row < targets.length; row += 1) {
    const positive = memory[scores.positives + row]!;
    loss +=
      beta * softplus(-positive) +
      negativesOf(memory, scores.negatives + row * negatives.length, negatives, targets[row]!, share);
    memory[scores.positives + row] = -share * beta * sigmoid(-positive);
  }
  return share * loss;
}

// log(1 + e^-|s|) is added up as the logarithm of a product, of which each factor is at most 2.
function negativesOf(memory: Float32Array, start: number, items: Int32Array, target: number, share: number): number {
  let [loss, product] = [0, 1];
  for (let place = 0; place < items.length; place += 1) {
    const score = memory[start + place]!;
    if (items[place] === target) {
      memory[start + place] = 0;
      continue;
    }
    const small = Math.exp(score > 0 ? -score : score);
    product *= 1 + small;
    if (score > 0) loss += score;
    memory[start + place] = (share * (score > 0 ? 1 : small)) / (1 + small);
    if (product < 1e200) continue;
    loss += Math.log(product);
    product = 1;
  }
  return loss + Math.log(product);
}

function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

function softplus(score: number): number {
  return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
}
