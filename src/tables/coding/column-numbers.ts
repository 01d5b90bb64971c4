import type { Column } from '../../data/table/column.js';
import type { Vocabulary } from '../../data/vocabulary.js';

/** The cells of a column as numbers of one kind: values, or codes of ids; NaN where a value is missing. A copy. */
export function columnNumbers(column: Column): Float64Array {
  if (!('codes' in column)) return new Float64Array(column.values);
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
}

/** As {@link columnNumbers}, with the codes that `vocabulary` has for the same ids; -1 for an id that it does not have. */
export function columnNumbersIn(column: Column, vocabulary: Vocabulary | undefined): Float64Array {
  if (!('codes' in column) || !vocabulary || column.vocabulary === vocabulary) return columnNumbers(column);
  const codes = new Map<number, number>();
  const translate = (code: number) => {
    const id = column.vocabulary.idAt(code);
    const translated = id === undefined ? vocabulary.unknownIndex : vocabulary.indexOf(id);
    codes.set(code, translated);
    return translated;
  };
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : (codes.get(code) ?? translate(code))));
}

/** A column of the kind of `like` with other cells: the way back from {@link columnNumbers}. */
export function columnOfNumbers(like: Column, numbers: Float64Array): Column {
  if ('codes' in like) {
    return { ...like, codes: Int32Array.from(numbers, (code) => (Number.isNaN(code) ? -1 : code)) };
  }
  if (like.kind === 'count') return { ...like, values: Int32Array.from(numbers) };
  return { ...like, values: numbers };
}
