import { createVocabulary } from '../../data/vocabulary.js';
import type { Feature, FeatureColumns } from '../../nn/embedding/inputs/features.js';
import { mean, variance } from '../../statistics/moments.js';
import type { GlobalRows, RowPlace } from './global-rows.js';
import type { FeatureKind } from './sales-features.js';

/** Turns features of sales into what an embedding network takes. */
export interface NetworkCoding {
  /** The network's inputs: numbers, and embeddings of product, step and groups. */
  readonly features: Readonly<Record<string, Feature>>;
  /** Codes rows. */
  code(rows: GlobalRows, places: readonly RowPlace[], pause: () => Promise<void>): Promise<FeatureColumns>;
}

/** A number beyond so many deviations counts as one there. */
const farthest = 5;
const daysOfYear = 365.25;

/** One number of a row. */
interface Part {
  readonly column: number;
  /** Of what the feature says. */
  readonly of: (value: number) => number;
  readonly centre: number;
  readonly deviation: number;
}

/**
 * Learns a coding from the rows that a network learns from: numbers are brought to mean 0 and deviation 1, ratios and counts as ln(1 + x),
 * the day of the year as a sine and a cosine; what is missing is 0, and a column says so where any is. Steps, weekdays and groups have
 * embeddings, as products have.
 *
 * @param years - Whether the day of the year may be looked at: less than two years do not tell it from anything else.
 */
export function networkCoding(
  rows: GlobalRows,
  kinds: readonly FeatureKind[],
  shape: { readonly products: number; readonly horizon: number; readonly period: string; readonly years: boolean },
): NetworkCoding {
  const parts = kinds.flatMap((kind, column) => partsOf(rows.columns[column]!, kind, column, shape));
  const coded = kinds.flatMap((kind, column) => {
    if (kind !== 'group' && !(kind === 'day' && shape.period === 'day')) return [];
    const size = rows.columns[column]!.reduce((most, code) => Math.max(most, code + 1), kind === 'day' ? 7 : 1);
    return [{ column, size, name: `${kind}_${column}` }];
  });
  const features: Record<string, Feature> = {
    numbers: { kind: 'numeric', size: parts.length },
    product: categorical(shape.products),
    step: categorical(shape.horizon),
    ...Object.fromEntries(coded.map(({ name, size }) => [name, categorical(size)])),
  };
  return {
    features,
    code: async ({ columns, levels }, places, pause) => {
      const numbers = new Float32Array(levels.length * parts.length);
      for (const [place, part] of parts.entries()) {
        await pause();
        writePart(numbers, place, parts.length, columns[part.column]!, part);
      }
      const codes = coded.map(({ column, name, size }) => [
        name,
        // A group that nobody has learned of is taken for the first.
        Int32Array.from(columns[column]!, (code) => (code < size ? code : 0)),
      ]);
      const [product, step] = [
        Int32Array.from(places, ({ place }) => place),
        Int32Array.from(places, ({ step: ahead }) => ahead),
      ];
      return { numbers, product, step, ...Object.fromEntries(codes) };
    },
  };
}

function categorical(size: number): Feature {
  return { kind: 'categorical', vocabulary: createVocabulary(Array.from({ length: size }, (_, id) => id)) };
}

function partsOf(
  values: Float64Array,
  kind: FeatureKind,
  column: number,
  { period, years }: { readonly period: string; readonly years: boolean },
): Part[] {
  if (kind === 'step' || kind === 'group') return [];
  if (kind === 'day') return period === 'day' ? [] : [scaledPart(values, column, (day) => day)];
  if (kind === 'dayOfYear') {
    if (!years) return [];
    const angle = (day: number) => (2 * Math.PI * day) / daysOfYear;
    return [Math.sin, Math.cos].map((of) => ({ column, of: (day) => of(angle(day)), centre: 0, deviation: 1 }));
  }
  const isLarge = kind === 'ratio' || kind === 'count';
  const own = scaledPart(values, column, isLarge ? Math.log1p : (value) => value);
  if (!values.some(Number.isNaN)) return [own];
  return [own, { column, of: (value) => (Number.isNaN(value) ? 1 : 0), centre: 0, deviation: 1 }];
}

function scaledPart(values: Float64Array, column: number, of: (value: number) => number): Part {
  const known = values.filter((value) => !Number.isNaN(value)).map(of);
  if (known.length === 0) return { column, of, centre: 0, deviation: 1 };
  return { column, of, centre: mean(known), deviation: Math.sqrt(variance(known)) || 1 };
}

function writePart(
  to: Float32Array,
  place: number,
  width: number,
  values: Float64Array,
  { of, centre, deviation }: Part,
): void {
  for (let row = 0; row < values.length; row += 1) {
    const scaled = (of(values[row]!) - centre) / deviation;
    to[row * width + place] = Number.isNaN(scaled) ? 0 : Math.max(-farthest, Math.min(farthest, scaled));
  }
}
