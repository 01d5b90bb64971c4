import { growTrees, scoreRows } from '../../../trees/boosted-trees.js';
import { logisticLoss } from '../../../trees/tree-loss.js';
import type { Detector } from './cross-validate.js';

/** Many leaves: rows whose columns do not fit together are found only after several splits. */
const rules = { loss: logisticLoss, leaves: 63, learningRate: 0.2 };

/** One round for so many rows to learn from: */
const rowsOfRound = 130;

/** fewer would not be enough, more learn noise by heart. */
const [leastRounds, mostRounds] = [15, 200];

/** Fewer rows of each kind than this leave trees nothing to split: they would call any rows alike. */
export const leastDetectable = 60;

/** Boosted trees on numbers as they are, how finely they are stated, and codes of ids. */
export const treeDetector: Detector = async (known, labels, unknown, pause) => {
  const columns = (features: typeof known) => features.map(({ values }) => values);
  const rounds = Math.max(leastRounds, Math.min(mostRounds, Math.round(labels.length / rowsOfRound)));
  const trees = await growTrees(columns(known), labels, { ...rules, rounds }, pause);
  return (await scoreRows(trees, columns(unknown), pause))[0]!;
};
