import { expect, test } from 'vitest';
import { areaUnderCurve } from '../../src/statistics/area-under-curve.js';
import { toProbabilities } from '../../src/statistics/softmax.js';
import { growTrees, scoreRows } from '../../src/trees/boosted-trees.js';
import { logisticLoss, softmaxLoss, squaredError, type TreeLoss } from '../../src/trees/tree-loss.js';
import { madeRows } from './made-rows.js';

const pause = async () => {};

/** Learns from the first 2,000 of 3,000 rows, scores the others. */
async function scoresOf(loss: TreeLoss, targets: Float64Array, rounds = 100) {
  const { columns } = madeRows(3000);
  const part = (from: number, to: number) => columns.map((column) => column.slice(from, to));
  const trees = await growTrees(part(0, 2000), targets.slice(0, 2000), { loss, rounds }, pause);
  return { trees, scores: await scoreRows(trees, part(2000, 3000), pause), tested: targets.slice(2000) };
}

// References: HistGradientBoostingClassifier and -Regressor of scikit-learn 1.9.1 on the same rows, early_stopping=False and all else
// as it comes.
test('yes and no are told as well as by scikit-learn', async () => {
  const { scores, tested } = await scoresOf(logisticLoss, madeRows(3000).answers);
  const [own] = scores;
  let loss = 0;
  for (const [row, score] of own!.entries()) loss += Math.log1p(Math.exp(tested[row] === 1 ? -score : score)) / 1000;
  const area = await areaUnderCurve(
    own!.filter((_, row) => tested[row] === 1),
    own!.filter((_, row) => tested[row] === 0),
    pause,
  );
  expect(area.value).toBeCloseTo(0.8058083295652736, 6);
  expect(loss).toBeCloseTo(0.5482610162845925, 5);
});

test('numbers are foretold as well as by scikit-learn', async () => {
  const { scores, tested } = await scoresOf(squaredError, madeRows(3000).values);
  const squares = scores[0]!.reduce((sum, score, row) => sum + (score - tested[row]!) ** 2 / 1000, 0);
  expect(squares).toBeCloseTo(0.23170541163636588, 6);
});

test('several classes are told as well as by scikit-learn', async () => {
  const { values } = madeRows(3000);
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const classes = values.map((value) => Math.min(2, Math.floor(((value - low) / (high - low)) * 3)));
  const { scores, tested } = await scoresOf(softmaxLoss(3), classes, 3);
  let loss = 0;
  for (const [row, target] of tested.entries()) {
    const chances = Float64Array.from(scores, (own) => own[row]!);
    toProbabilities(chances);
    loss -= Math.log(chances[target]!) / 1000;
  }
  // After three rounds: later its float32 derivatives tell splits apart that are equally good, or the other way about.
  expect(loss).toBeCloseTo(0.6408920381664625, 4);
});

test('a missing value has a side of its own', async () => {
  // Where the number is missing the target is 1, everywhere else 0: one split says so.
  const column = Float64Array.from({ length: 200 }, (_, row) => (row % 4 === 0 ? Number.NaN : row % 7));
  const targets = column.map((value) => (Number.isNaN(value) ? 1 : 0));
  const options = { loss: squaredError, rounds: 1, leaves: 2, learningRate: 1 };
  const { trees, starts } = await growTrees([column], targets, options, pause);
  expect(starts).toEqual([0.25]);
  expect(trees[0]![0]!.map(({ edge, missingLeft, value }) => [edge, missingLeft, value])).toEqual([
    [Number.POSITIVE_INFINITY, false, 0],
    [0, false, -0.25],
    [0, false, 0.75],
  ]);
  const [scores] = await scoreRows({ trees, starts }, [Float64Array.of(Number.NaN, 3, 1e9)], pause);
  expect(scores).toEqual(Float64Array.of(1, 0, 0));
});

test('no leaf has fewer rows than it must, and what never varies is not split', async () => {
  const column = Float64Array.from({ length: 39 }, (_, row) => row);
  const options = { loss: squaredError, rounds: 1 };
  const { trees } = await growTrees([column], column, options, pause);
  // 39 rows are not twice 20.
  expect(trees[0]![0]).toHaveLength(1);
  const constant = await growTrees([new Float64Array(500).fill(7)], new Float64Array(500).fill(3), options, pause);
  expect(constant.trees[0]![0]).toHaveLength(1);
  expect(await scoreRows(constant, [Float64Array.of(7, -1)], pause)).toEqual([Float64Array.of(3, 3)]);
});

test('the first split is the one that plain search finds', async () => {
  // Squares about the means of both sides, over all thresholds and columns of 60 rows, by the definition.
  const { columns, values } = madeRows(60);
  const [a, , , b] = columns.map((column) => column.slice());
  let best = { squares: Number.POSITIVE_INFINITY, column: -1, threshold: 0 };
  const squaresOf = (part: readonly number[]) => {
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return part.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  for (const [place, column] of [a!, b!].entries()) {
    for (const threshold of new Set(column)) {
      const left = [...values].filter((_, row) => column[row]! <= threshold);
      const right = [...values].filter((_, row) => column[row]! > threshold);
      if (left.length < 20 || right.length < 20) continue;
      const squares = squaresOf(left) + squaresOf(right);
      if (squares < best.squares) best = { squares, column: place, threshold };
    }
  }
  const options = { loss: squaredError, rounds: 1, leaves: 2 };
  const { trees } = await growTrees([a!, b!], values, options, pause);
  const [root] = trees[0]![0]!;
  const column = [a!, b!][best.column]!;
  const next = column.filter((value) => value > best.threshold).reduce((one, other) => Math.min(one, other));
  expect(root).toMatchObject({ column: best.column, edge: (best.threshold + next) / 2 });
});
