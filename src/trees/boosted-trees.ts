import { inStretches, type Pieces, piecemeal } from '../internal/pieces.js';
import { binColumns } from './column-bins.js';
import { growTree, type Tree, type TreeRules } from './grow-tree.js';
import { createHistogramPool } from './histogram.js';
import type { Derivatives, TreeLoss } from './tree-loss.js';

/** Options of {@link growTrees}. */
export interface TreeOptions extends Partial<TreeRules> {
  /** What the trees make small. */
  readonly loss: TreeLoss;
  /** Trees for each score. Default 100. */
  readonly rounds?: number;
}

/** Trees whose leaves add up to scores. */
export interface BoostedTrees {
  /** `[K]`: the scores before the first tree. */
  readonly starts: readonly number[];
  /** For each score its trees. */
  readonly trees: readonly (readonly Tree[])[];
}

/**
 * Grows trees one after the other, each on what those before it leave of the loss: gradient boosting by second derivatives, over
 * histograms of at most 255 bins.
 *
 * @param columns - D of them, each `[N]`; NaN where a value is missing, for which every split has a side.
 * @param targets - `[N]`, as the loss takes them.
 * @param options - The loss; by default 100 rounds of 31 leaves with 20 rows or more, a learning rate of 0.1, no penalty.
 * @see Friedman, "Greedy Function Approximation: A Gradient Boosting Machine" (2001)
 */
export async function growTrees(
  columns: readonly Float64Array[],
  targets: Float64Array,
  options: TreeOptions,
  pause: () => Promise<void>,
): Promise<BoostedTrees> {
  const { loss, rounds = 100, leaves = 31, leastRows = 20, learningRate = 0.1, penalty = 0 } = options;
  const rules = { leaves, leastRows, learningRate, penalty };
  const bins = await binColumns(columns, pause);
  const ground = { bins, rules, pool: createHistogramPool(bins), scratch: new Uint32Array(targets.length) };
  const starts = loss.starts(targets);
  const scores = starts.map((start) => new Float64Array(targets.length).fill(start));
  const derivatives = { gradients: scores.map((own) => own.slice()), hessians: scores.map((own) => own.slice()) };
  const order = new Uint32Array(targets.length);
  const trees: Tree[][] = starts.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    await piecemeal(differentiate(loss, targets, scores, derivatives), pause);
    for (const [output, own] of scores.entries()) {
      for (let row = 0; row < order.length; row += 1) order[row] = row;
      const rows = { order, gradients: derivatives.gradients[output]!, hessians: derivatives.hessians[output]! };
      trees[output]!.push(await piecemeal(growTree(ground, rows, own), pause));
    }
  }
  return { starts, trees };
}

function differentiate(
  loss: TreeLoss,
  targets: Float64Array,
  scores: readonly Float64Array[],
  to: Derivatives,
): Pieces<void> {
  const visit = (from: number, end: number) => loss.differentiate(targets, scores, to, from, end);
  return inStretches(targets.length, visit, stretchOf(loss));
}

function stretchOf({ outputs }: TreeLoss): number {
  return Math.max(1, Math.floor(2 ** 15 / outputs));
}

/**
 * What trees say of rows.
 *
 * @param columns - As {@link growTrees} had them, each `[N]`.
 * @returns The scores, `[K][N]`.
 */
export async function scoreRows(
  { starts, trees }: BoostedTrees,
  columns: readonly Float64Array[],
  pause: () => Promise<void>,
): Promise<Float64Array[]> {
  const length = columns[0]?.length ?? 0;
  const scores: Float64Array[] = [];
  for (const [output, start] of starts.entries()) {
    const own = new Float64Array(length).fill(start);
    for (const tree of trees[output]!) await addToScores(own, tree, columns, pause);
    scores.push(own);
  }
  return scores;
}

async function addToScores(
  scores: Float64Array,
  tree: Tree,
  columns: readonly Float64Array[],
  pause: () => Promise<void>,
): Promise<void> {
  const visit = (from: number, to: number) => addTree(scores, tree, columns, from, to);
  await piecemeal(inStretches(scores.length, visit, 2 ** 14), pause);
}

function addTree(scores: Float64Array, tree: Tree, columns: readonly Float64Array[], from: number, to: number): void {
  for (let row = from; row < to; row += 1) {
    let node = tree[0]!;
    while (node.left >= 0) {
      const value = columns[node.column]![row]!;
      // NaN is not at most anything.
      const goesLeft = value <= node.edge || (node.missingLeft && Number.isNaN(value));
      node = tree[goesLeft ? node.left : node.right]!;
    }
    scores[row]! += node.value;
  }
}
