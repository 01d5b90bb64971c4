import { createVocabulary } from '../../data/vocabulary.js';
import { filled, inStretches, piecemeal } from '../../internal/pieces.js';
import type { Feature, FeatureColumns } from '../../nn/embedding/inputs/features.js';
import { mean, variance } from '../../statistics/moments.js';
import type { GlobalRows } from './global-rows.js';
import type { FeatureKind } from './sales-features.js';

/** How features of sales become what an embedding network takes: plain numbers, as a file holds them. */
export interface NetworkCoding {
  readonly products: number;
  readonly steps: number;
  /** The numbers of a row, each made of a feature. */
  readonly parts: readonly CodingPart[];
  /** Features that have embeddings: weekdays and groups, each with so many codes. */
  readonly codes: readonly CodingCodes[];
}

/** One number of a row: (what the function says of a feature - centre) / deviation. */
export interface CodingPart {
  readonly column: number;
  readonly of: keyof typeof partFunctions;
  readonly centre: number;
  readonly deviation: number;
}

/** A feature that is a code. */
export interface CodingCodes {
  readonly column: number;
  readonly name: string;
  readonly size: number;
}

/** What the products and steps of rows are; codes that a network has learned nothing of are one more than the last. */
export interface RowCodes {
  readonly products: Int32Array;
  readonly steps: Int32Array;
}

/** Rows of a number that are written before the event loop may turn. */
const written = 2 ** 13;

/** A number beyond so many deviations counts as one there. */
export const farthest = 5;

/** What a number is made of its feature by. */
export const partFunctions = {
  itself: (value: number) => value,
  log: (value: number) => Math.log1p(value),
  sine: (day: number) => Math.sin(angleOf(day)),
  cosine: (day: number) => Math.cos(angleOf(day)),
  missing: (value: number) => (Number.isNaN(value) ? 1 : 0),
} as const;

function angleOf(day: number): number {
  return (2 * Math.PI * day) / 365.25;
}

/**
 * Learns a coding from the rows that a network learns from: numbers are brought to mean 0 and deviation 1, ratios and counts as ln(1 + x),
 * the day of the year as a sine and a cosine; what is missing is 0, and a column says so where any is. Steps, weekdays and groups have
 * embeddings, as products have.
 *
 * @param years - Whether the day of the year may be looked at: less than two years do not tell it from anything else.
 */
export async function networkCoding(
  rows: GlobalRows,
  kinds: readonly FeatureKind[],
  shape: { readonly products: number; readonly horizon: number; readonly period: string; readonly years: boolean },
  pause: () => Promise<void>,
): Promise<NetworkCoding> {
  const codes = kinds.flatMap((kind, column) => {
    if (kind !== 'group' && !(kind === 'day' && shape.period === 'day')) return [];
    const size = rows.columns[column]!.reduce((most, code) => Math.max(most, code + 1), kind === 'day' ? 7 : 1);
    return [{ column, name: `${kind}_${column}`, size }];
  });
  const parts: CodingPart[] = [];
  for (const [column, kind] of kinds.entries()) {
    await pause();
    parts.push(...(await partsOf(rows.columns[column]!, kind, column, { ...shape, pause })));
  }
  return { products: shape.products, steps: shape.horizon, parts, codes };
}

/**
 * The network's inputs: numbers, and embeddings of product, step, weekday and groups.
 *
 * @param spare - Further rows of each embedding, for what was not learned. Default 0.
 */
export function codedFeatures({ products, steps, parts, codes }: NetworkCoding, spare = 0): Record<string, Feature> {
  const categorical = (size: number): Feature => ({
    kind: 'categorical',
    vocabulary: createVocabulary(Array.from({ length: size + spare }, (_, id) => id)),
  });
  return {
    numbers: { kind: 'numeric', size: parts.length },
    product: categorical(products),
    step: categorical(steps),
    ...Object.fromEntries(codes.map(({ name, size }) => [name, categorical(size)])),
  };
}

/**
 * Codes rows.
 *
 * @param unknown - The code of a group that nobody has learned of, by how many groups there are.
 */
export async function codeRows(
  { parts, codes }: NetworkCoding,
  { columns, levels }: GlobalRows,
  { products, steps }: RowCodes,
  { pause, unknown }: { readonly pause: () => Promise<void>; readonly unknown: (size: number) => number },
): Promise<FeatureColumns> {
  const numbers = new Float32Array(levels.length * parts.length);
  for (const [place, part] of parts.entries()) {
    const values = columns[part.column]!;
    const write = (from: number, to: number) =>
      writePart(numbers, place, parts.length, values.subarray(from, to), from, part);
    await piecemeal(inStretches(values.length, write, written), pause);
  }
  const coded: Record<string, Int32Array> = {};
  for (const { column, name, size } of codes) {
    const values = columns[column]!;
    const codeAt = (row: number) => (values[row]! < size ? values[row]! : unknown(size));
    coded[name] = await piecemeal(filled(new Int32Array(values.length), codeAt), pause);
  }
  return { numbers, product: products, step: steps, ...coded };
}

async function partsOf(
  values: Float64Array,
  kind: FeatureKind,
  column: number,
  { period, years, pause }: { readonly period: string; readonly years: boolean; readonly pause: () => Promise<void> },
): Promise<CodingPart[]> {
  if (kind === 'step' || kind === 'group') return [];
  if (kind === 'day') return period === 'day' ? [] : [await scaledPart(values, column, 'itself', pause)];
  if (kind === 'dayOfYear') {
    if (!years) return [];
    return (['sine', 'cosine'] as const).map((of) => ({ column, of, centre: 0, deviation: 1 }));
  }
  const isLarge = kind === 'ratio' || kind === 'count';
  const own = await scaledPart(values, column, isLarge ? 'log' : 'itself', pause);
  if (!values.some(Number.isNaN)) return [own];
  return [own, { column, of: 'missing', centre: 0, deviation: 1 }];
}

async function scaledPart(
  values: Float64Array,
  column: number,
  of: CodingPart['of'],
  pause: () => Promise<void>,
): Promise<CodingPart> {
  const known = values.filter((value) => !Number.isNaN(value));
  await piecemeal(
    filled(known, (place) => partFunctions[of](known[place]!)),
    pause,
  );
  if (known.length === 0) return { column, of, centre: 0, deviation: 1 };
  return { column, of, centre: mean(known), deviation: Math.sqrt(variance(known)) || 1 };
}

function writePart(
  to: Float32Array,
  place: number,
  width: number,
  values: Float64Array,
  first: number,
  { of, centre, deviation }: CodingPart,
): void {
  const made = partFunctions[of];
  for (const [row, value] of values.entries()) {
    const scaled = (made(value) - centre) / deviation;
    to[(first + row) * width + place] = Number.isNaN(scaled) ? 0 : Math.max(-farthest, Math.min(farthest, scaled));
  }
}
