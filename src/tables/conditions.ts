import { requireOptions } from '../internal/options.js';
import { isId, refuse } from '../internal/require.js';
import type { Rng } from '../random/rng.js';
import type { CodedTableColumn } from './coding/table-coding.js';
import { drawPlace } from './draw-place.js';
import type { JoinedColumns } from './layout/joined-columns.js';
import type { TableLayout } from './layout/table-layout.js';
import type { TableMember } from './layout/table-member.js';
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

type Rule = (value: number) => boolean;

/** Reads conditions: what they leave of each column that is learned. */
export async function readConditions(
  where: string,
  columns: readonly CodedTableColumn[],
  conditions: unknown,
  pause: () => Promise<void>,
  layout?: TableLayout,
): Promise<AllowedCells[]> {
  if (typeof conditions !== 'object' || conditions === null || Array.isArray(conditions)) {
    refuse(where, 'where', 'be an object of conditions by column', conditions);
  }
  const given = new Map<string, unknown>(Object.entries(conditions));
  for (const name of given.keys()) requireColumnNamed(where, 'where', layout?.members ?? columns, name);
  for (const { member } of layout?.derived ?? []) requireFree(where, member.name, given);
  const ruleOf = (member: TableMember): Rule | undefined => {
    const condition = given.get(member.name);
    return condition === undefined ? undefined : readCondition(where, member, condition);
  };
  const rules = columns.map((column) => {
    const joined = layout?.joined.find(({ name }) => name === column.name);
    return joined ? joinedRule(joined, joined.members.map(ruleOf)) : ruleOf(column);
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
  columns: readonly Pick<TableMember, 'name'>[],
  given: string,
): void {
  if (columns.some(({ name }) => name === given)) return;
  const names = columns.map(({ name }) => `'${name}'`).join(', ');
  refuse(where, argument, `name columns of the table (${names})`, given);
}

function requireFree(where: string, name: string, given: Map<string, unknown>): void {
  const condition = given.get(name);
  if (condition === undefined) return;
  refuse(
    where,
    `where.${name}`,
    'be left out: the column is computed from others (`derived`), which may be conditioned',
    condition,
  );
}

// Of a combination, by what each of its cells must be.
function joinedRule({ cells }: JoinedColumns, rules: readonly (Rule | undefined)[]): Rule | undefined {
  if (rules.every((rule) => rule === undefined)) return undefined;
  return (combination) => rules.every((rule, place) => rule === undefined || rule(cells[place]![combination]!));
}

/** Reads the condition of one column: whether a value, NaN for a missing one, fulfils it. */
export function readCondition(
  where: string,
  column: Pick<TableMember, 'name' | 'vocabulary'>,
  condition: unknown,
  argument = 'where',
): Rule {
  const name = `${argument}.${column.name}`;
  if (condition === null) return Number.isNaN;
  if (column.vocabulary) {
    if (!isId(condition) || !column.vocabulary.has(condition))
      refuse(where, name, 'be an id of the column, or null', condition);
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
