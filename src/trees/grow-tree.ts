import { inStretches, type Pieces } from '../internal/pieces.js';
import { type ColumnBins, missingBin } from './column-bins.js';
import { findSplit, type Split, type SplitRules, type Sums } from './find-split.js';
import { addToHistogram, type HistogramPool, type NodeRows, numbersOfBin, subtractHistogram } from './histogram.js';

/** A node of a tree; one without children is a leaf. */
export interface TreeNode {
  /** What a leaf adds to the score of its rows. */
  value: number;
  /** Places of the children in the tree; -1 of a leaf. */
  left: number;
  right: number;
  column: number;
  /** Numbers up to here go left. */
  edge: number;
  missingLeft: boolean;
}

/** Nodes, the root first. */
export type Tree = TreeNode[];

/** How a tree is grown. */
export interface TreeRules extends SplitRules {
  readonly leaves: number;
  /** What is left of the value of a leaf. */
  readonly learningRate: number;
}

/** What trees of one training have in common. */
export interface Ground {
  readonly bins: ColumnBins;
  readonly rules: TreeRules;
  readonly pool: HistogramPool;
  /** `[N]`: for rows on their way. */
  readonly scratch: Uint32Array;
}

interface Leaf {
  readonly node: TreeNode;
  readonly from: number;
  readonly to: number;
  readonly sums: Sums;
  /** How it could be cut, and the histogram that says so. */
  readonly cut: { readonly split: Split; readonly histogram: Float64Array } | undefined;
}

/**
 * Grows a tree leaf by leaf, always where the loss falls most, and adds what it says to the scores.
 *
 * @see Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree" (2017)
 */
export function* growTree(ground: Ground, rows: NodeRows, scores: Float64Array): Pieces<Tree> {
  const { bins, rules, pool } = ground;
  const tree: Tree = [];
  const histogram = pool.take();
  yield* addToHistogram(histogram, bins, rows, 0, rows.order.length);
  const root = { node: addNode(tree), from: 0, to: rows.order.length, sums: sumsOf(bins, histogram) };
  const leaves = [leafOf(ground, root, histogram)];
  while (leaves.length < rules.leaves) {
    const place = bestLeaf(leaves);
    if (place < 0) break;
    const isLast = leaves.length + 1 === rules.leaves;
    leaves.splice(place, 1, ...(yield* cutLeaf(ground, rows, tree, leaves[place]!, isLast)));
  }
  for (const { node, from, to, sums, cut } of leaves) {
    if (cut) pool.giveBack(cut.histogram);
    const value = (-rules.learningRate * sums.gradient) / (sums.hessian + rules.penalty);
    node.value = Number.isFinite(value) ? value : 0;
    for (let at = from; at < to; at += 1) scores[rows.order[at]!]! += node.value;
    yield;
  }
  return tree;
}

function addNode(tree: Tree): TreeNode {
  const node = { value: 0, left: -1, right: -1, column: -1, edge: 0, missingLeft: false };
  tree.push(node);
  return node;
}

function leafOf({ bins, rules, pool }: Ground, leaf: Omit<Leaf, 'cut'>, histogram: Float64Array): Leaf {
  const split = canBeCut(rules, leaf.from, leaf.to) ? findSplit(histogram, bins, leaf.sums, rules) : undefined;
  if (!split) pool.giveBack(histogram);
  return { ...leaf, cut: split && { split, histogram } };
}

function canBeCut({ leastRows }: TreeRules, from: number, to: number): boolean {
  return to - from >= 2 * leastRows;
}

// Every row is in one bin of the first column.
function sumsOf({ offsets }: ColumnBins, histogram: Float64Array): Sums {
  let [gradient, hessian, rows] = [0, 0, 0];
  for (let cell = 0; cell < offsets[1]! * numbersOfBin; cell += numbersOfBin) {
    gradient += histogram[cell]!;
    hessian += histogram[cell + 1]!;
    rows += histogram[cell + 2]!;
  }
  return { gradient, hessian, rows };
}

function bestLeaf(leaves: readonly Leaf[]): number {
  let [best, gain] = [-1, 0];
  for (const [place, { cut }] of leaves.entries()) {
    if (!cut || cut.split.gain <= gain) continue;
    [best, gain] = [place, cut.split.gain];
  }
  return best;
}

function* cutLeaf(ground: Ground, rows: NodeRows, tree: Tree, leaf: Leaf, isLast: boolean): Pieces<[Leaf, Leaf]> {
  const { from, to, sums } = leaf;
  const { split, histogram } = leaf.cut!;
  const { column, bin, missingLeft, left } = split;
  const middle = yield* partition(ground, rows.order, leaf, split);
  const edge = ground.bins.edges[column]![bin] ?? Number.POSITIVE_INFINITY;
  Object.assign(leaf.node, { column, missingLeft, edge, left: tree.length, right: tree.length + 1 });
  const lower = { node: addNode(tree), from, to: middle, sums: left };
  const right = { gradient: sums.gradient - left.gradient, hessian: sums.hessian - left.hessian, rows: to - middle };
  const upper = { node: addNode(tree), from: middle, to, sums: right };
  const isEnd = isLast || !(canBeCut(ground.rules, from, middle) || canBeCut(ground.rules, middle, to));
  if (isEnd) {
    ground.pool.giveBack(histogram);
    return [
      { ...lower, cut: undefined },
      { ...upper, cut: undefined },
    ];
  }
  // The rows of the smaller child are added up; what is left of the parent is the other.
  const small = ground.pool.take();
  const lowerIsSmall = middle - from <= to - middle;
  const added = lowerIsSmall ? lower : upper;
  yield* addToHistogram(small, ground.bins, rows, added.from, added.to);
  subtractHistogram(histogram, small);
  const [ofLower, ofUpper] = lowerIsSmall ? [small, histogram] : [histogram, small];
  return [leafOf(ground, lower, ofLower), leafOf(ground, upper, ofUpper)];
}

// Rows that go left first, all in the order that they had. Returns where the others begin.
function* partition(
  { bins: { bins, width, edges }, scratch }: Ground,
  order: Uint32Array,
  { from, to }: Leaf,
  { column, bin, missingLeft }: Split,
): Pieces<number> {
  const missing = missingBin(edges[column]!);
  let [left, right] = [from, 0];
  yield* inStretches(to - from, (start, end) => {
    let [below, above] = [left, right];
    for (let at = from + start; at < from + end; at += 1) {
      const row = order[at]!;
      const own = bins[row * width + column]!;
      if (own === missing ? missingLeft : own <= bin) order[below++] = row;
      else scratch[above++] = row;
    }
    [left, right] = [below, above];
  });
  order.set(scratch.subarray(0, right), left);
  return left;
}
