import { requireOptions } from '../internal/options.js';
import { refuse } from '../internal/require.js';
import type { Rng } from '../random/rng.js';
import type { CodedTableColumn } from './coding/table-coding.js';
import { drawPlace } from './draw-place.js';
import type { NumberRange } from './table-model.js';

/** What a condition leaves of a column. */
export interface AllowedCells {
  /** Whether there is a condition. */
  readonly isConditioned: boolean;
  /** Whether a value, NaN for a missing one, fulfils it. */
  allows(value: number): boolean;
  /** `[S]`: the share of each state's rows that fulfil it. */
  readonly shares: Float64Array;
  /** Draws one of the values that fulfil it, given a state that has some. */
  draw(state: number, rng: Rng): number;
}

/** Reads conditions: what they leave of each column. */
export async function readConditions(
  where: string,
  columns: readonly CodedTableColumn[],
  conditions: unknown,
  pause: () => Promise<void>,
): Promise<AllowedCells[]> {
  if (typeof conditions !== 'object' || conditions === null || Array.isArray(conditions)) {
    refuse(where, 'where', 'be an object of conditions by column', conditions);
  }
  const given = new Map<string, unknown>(Object.entries(conditions));
  for (const name of given.keys()) requireColumnNamed(where, 'where', columns, name);
  const rules = columns.map((column) => {
    const condition = given.get(column.name);
    return condition === undefined ? undefined : readCondition(where, column, condition);
  });
  const allowed: AllowedCells[] = [];
  for (const [place, column] of columns.entries()) {
    allowed.push(allowedCells(column, rules[place] !== undefined, rules[place] ?? (() => true)));
    await pause();
  }
  return allowed;
}

/** Refuses the name of a column that is not there. */
export function requireColumnNamed(
  where: string,
  argument: string,
  columns: readonly Pick<CodedTableColumn, 'name'>[],
  given: string,
): void {
  if (columns.some(({ name }) => name === given)) return;
  const names = columns.map(({ name }) => `'${name}'`).join(', ');
  refuse(where, argument, `name columns of the table (${names})`, given);
}

/** Reads the condition of one column: whether a value, NaN for a missing one, fulfils it. */
export function readCondition(
  where: string,
  column: Pick<CodedTableColumn, 'name' | 'vocabulary'>,
  condition: unknown,
  argument = 'where',
): (value: number) => boolean {
  const name = `${argument}.${column.name}`;
  if (condition === null) return Number.isNaN;
  if (column.vocabulary) {
    const isId = typeof condition === 'string' || typeof condition === 'number';
    if (!isId || !column.vocabulary.has(condition)) refuse(where, name, 'be an id of the column, or null', condition);
    const code = column.vocabulary.indexOf(condition);
    return (value) => value === code;
  }
  if (typeof condition === 'number' && Number.isFinite(condition)) return (value) => value === condition;
  if (typeof condition !== 'object') refuse(where, name, 'be a finite number, { from, to } or null', condition);
  const range = condition as NumberRange;
  requireOptions(where, range, { from: true, to: true }, name);
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = range;
  // Also false where one is NaN or no number.
  if (!(typeof from === 'number' && typeof to === 'number' && from <= to)) {
    refuse(where, name, 'go from a number to one that is not below it', [from, to]);
  }
  return (value) => value >= from && value <= to;
}

function allowedCells(
  { states }: CodedTableColumn,
  isConditioned: boolean,
  allows: (value: number) => boolean,
): AllowedCells {
  const { values, counts, places, offsets } = states;
  const sums = new Float64Array(places.length);
  const shares = new Float64Array(offsets.length - 1);
  for (let state = 0; state < shares.length; state += 1) {
    let [sum, whole] = [0, 0];
    for (let at = offsets[state]!; at < offsets[state + 1]!; at += 1) {
      const place = places[at]!;
      whole += counts[place]!;
      sum += allows(values[place]!) ? counts[place]! : 0;
      sums[at] = sum;
    }
    shares[state] = sum / whole;
  }
  const draw = (state: number, rng: Rng) =>
    values[places[drawPlace(sums, offsets[state]!, offsets[state + 1]!, rng)]!]!;
  return { isConditioned, allows, shares, draw };
}
