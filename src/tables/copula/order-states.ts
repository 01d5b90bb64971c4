import type { CodedTableColumn, TableCoding } from '../coding/table-coding.js';

/** Rounds in which ids find their order. */
const rounds = 10;

/**
 * The order of each column's states: numbers by their mean, what is missing last, and ids so that their columns go with the others
 * as far as one order lets them.
 *
 * That is nonlinear principal component analysis of one component, by alternating least squares: a row's score is the sum of its cells'
 * scores in the other columns, each times the correlation of its column with the rest; an id's score is the mean of its rows'.
 *
 * @see Gifi, "Nonlinear Multivariate Analysis" (1990), chapter 4
 */
export async function orderStates(coding: TableCoding, pause: () => Promise<void>): Promise<Uint32Array[]> {
  const { columns, shares } = coding;
  const scores = columns.map((column) => standardised(firstScores(column, shares), column, shares));
  const weights = new Float64Array(columns.length).fill(1);
  if (columns.some(({ vocabulary }) => vocabulary) && columns.length > 1) {
    for (let round = 0; round < rounds; round += 1) {
      for (const place of columns.keys()) await scoreColumn(coding, place, scores, weights, pause);
    }
  }
  return scores.map((own) => Uint32Array.from(own.keys()).sort((a, b) => own[a]! - own[b]! || a - b));
}

// Of a number its value, which is put in normal order elsewhere; of an id how frequent it is.
function firstScores({ states, vocabulary, base }: CodedTableColumn, shares: Float64Array): Float64Array {
  const { values, counts, places, offsets } = states;
  const scores = new Float64Array(offsets.length - 1);
  for (let state = 0; state < scores.length; state += 1) {
    let [sum, rows] = [0, 0];
    for (let at = offsets[state]!; at < offsets[state + 1]!; at += 1) {
      sum += values[places[at]!]! * counts[places[at]!]!;
      rows += counts[places[at]!]!;
    }
    scores[state] = vocabulary ? shares[base + state]! : sum / rows;
  }
  return vocabulary ? scores : ranks(scores);
}

// Ranks from 0; NaN, for what is missing, has the last.
function ranks(scores: Float64Array): Float64Array {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => {
    if (Number.isNaN(scores[a]!) || Number.isNaN(scores[b]!)) return Number.isNaN(scores[a]!) ? 1 : -1;
    return scores[a]! - scores[b]! || a - b;
  });
  const found = new Float64Array(scores.length);
  for (const [rank, state] of order.entries()) found[state] = rank;
  return found;
}

// Mean 0 and variance 1 over the rows.
function standardised(scores: Float64Array, { base }: CodedTableColumn, shares: Float64Array): Float64Array {
  let [mean, square] = [0, 0];
  for (const [state, score] of scores.entries()) mean += shares[base + state]! * score;
  for (const [state, score] of scores.entries()) square += shares[base + state]! * (score - mean) ** 2;
  return scores.map((score) => (square > 0 ? (score - mean) / Math.sqrt(square) : 0));
}

// The column's weight and, of ids, their scores anew.
async function scoreColumn(
  { columns, rows, length, shares }: TableCoding,
  place: number,
  scores: Float64Array[],
  weights: Float64Array,
  pause: () => Promise<void>,
): Promise<void> {
  const column = columns[place]!;
  const own = scores[place]!;
  const means = new Float64Array(own.length);
  const width = columns.length;
  let square = 0;
  for (let row = 0; row < length; row += 1) {
    let rest = 0;
    for (let other = 0; other < width; other += 1) {
      if (other === place) continue;
      rest += weights[other]! * scores[other]![rows[row * width + other]! - columns[other]!.base]!;
    }
    square += rest * rest;
    means[rows[row * width + place]! - column.base]! += rest;
    if (row % 2 ** 12 === 0) await pause();
  }
  if (square === 0) return;
  for (const [state, sum] of means.entries()) means[state] = sum / (length * shares[column.base + state]!);
  if (column.vocabulary) scores[place] = standardised(means, column, shares);
  let together = 0;
  for (const [state, score] of scores[place]!.entries())
    together += shares[column.base + state]! * score * means[state]!;
  weights[place] = together / Math.sqrt(square / length);
}
