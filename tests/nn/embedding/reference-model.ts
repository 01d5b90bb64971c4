import type { Bags, EmbeddingModel } from 'minimart';
import { batchRows, countryOfUser, histories, priceOfItem } from './small-models.js';

/** All numbers of a model in double precision: tables and dense weights by name. */
export type Numbers = Record<string, Float64Array>;

/** Copies a model's numbers out. */
export async function numbersOf(model: EmbeddingModel): Promise<Numbers> {
  const numbers: Numbers = {};
  for (const [name, table] of Object.entries(model.tables)) numbers[`table ${name}`] = Float64Array.from(table.values);
  for (const [name, variable] of Object.entries(model.variables))
    numbers[name] = Float64Array.from(await variable.data());
  return numbers;
}

/** The raw output of one row of the small batch, written down model by model. */
export function referenceLogit(model: EmbeddingModel, numbers: Numbers, row: number, isTraining: boolean): number {
  const names = Object.keys(model.features);
  const keys = { user: batchRows.user[row]!, item: batchRows.item[row]!, country: batchRows.country[row]! };
  return logitOf(model, numbers, row, names, keys, isTraining);
}

interface Keys {
  readonly user: number;
  readonly item: number;
  readonly country: number;
}

/** The output of a model of users and items for any pair. */
export function referencePair(model: EmbeddingModel, numbers: Numbers, user: number, item: number): number {
  return logitOf(model, numbers, 0, Object.keys(model.features), { user, item, country: 0 }, true);
}

function logitOf(
  model: EmbeddingModel,
  numbers: Numbers,
  row: number,
  names: readonly string[],
  keys: Keys,
  isTraining: boolean,
): number {
  const block = (name: string) => inputBlock(model, numbers, name, row, keys, isTraining);
  const embedding = (table: string, key: number, size: number) =>
    Array.from(numbers[`table ${table}`]!.subarray(key * size, (key + 1) * size));
  const sizeOf = (table: string) => model.tables[table]!.size;
  const hidden = (x: number[], prefix: string) => {
    let out = x;
    for (let layer = 0; `${prefix}hidden_${layer}/kernel` in numbers; layer += 1) {
      out = affine(numbers, `${prefix}hidden_${layer}`, out).map((value) => Math.max(0, value));
    }
    return out;
  };
  if (model.kind === 'embeddingMlp') return affine(numbers, 'output', hidden(names.flatMap(block), ''))[0]!;
  if (model.kind === 'dotProduct') {
    const bias = (name: string, key: number) => numbers[`table ${name}`]?.[key] ?? 0;
    const product = dot(embedding('user', keys.user, sizeOf('user')), embedding('item', keys.item, sizeOf('item')));
    return product + bias('userBias', keys.user) + bias('itemBias', keys.item) + (numbers.bias?.[0] ?? 0);
  }
  if (model.kind === 'twoTower') {
    const user = affine(numbers, 'user_output', hidden([...block('user'), ...block('country')], 'user_'));
    return dot(user, affine(numbers, 'item_output', hidden([...block('item'), ...block('price')], 'item_')));
  }
  const [userTable, itemTable] = model.kind === 'gmf' ? ['user', 'item'] : ['gmf/user', 'gmf/item'];
  const left = embedding(userTable!, keys.user, sizeOf(userTable!));
  const right = embedding(itemTable!, keys.item, sizeOf(itemTable!));
  const product = left.map((value, column) => value * right[column]!);
  const other = model.kind === 'gmf' ? [] : hidden(['user', 'item'].flatMap(block), '');
  return affine(numbers, 'output', [...product, ...other])[0]!;
}

function inputBlock(
  { tables }: EmbeddingModel,
  numbers: Numbers,
  name: string,
  row: number,
  keys: Keys,
  isTraining: boolean,
): number[] {
  const rowOf = (key: number) => {
    const { size } = tables[name]!;
    return Array.from(numbers[`table ${name}`]!.subarray(key * size, (key + 1) * size));
  };
  if (name === 'price') return [priceOfItem[keys.item]!];
  if (name === 'weather') return Array.from(batchRows.weather.subarray(2 * row, 2 * row + 2));
  if (name === 'basket') return meanOf(membersOf(batchRows.basket, row).map(rowOf), tables[name]!.size);
  if (name === 'history') {
    const members = histories[keys.user]!.filter((item) => !isTraining || item !== keys.item);
    return meanOf(members.map(rowOf), tables[name]!.size);
  }
  if (name === 'country') return rowOf('user' in tables ? countryOfUser[keys.user]! : keys.country);
  return rowOf(name === 'user' ? keys.user : keys.item);
}

function membersOf({ offsets, indices }: Bags, row: number): number[] {
  return Array.from(indices.subarray(offsets[row]!, offsets[row + 1]!));
}

function meanOf(rows: readonly number[][], size: number): number[] {
  return Array.from({ length: size }, (_, column) => rows.reduce((sum, row) => sum + row[column]! / rows.length, 0));
}

function affine(numbers: Numbers, name: string, x: readonly number[]): number[] {
  const kernel = numbers[`${name}/kernel`]!;
  return Array.from(numbers[`${name}/bias`]!, (bias, unit) => {
    const units = numbers[`${name}/bias`]!.length;
    return x.reduce((sum, value, index) => sum + value * kernel[index * units + unit]!, bias);
  });
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}

/** Derivatives by central differences in double precision, for every number that a model has. */
export function finiteDifferences(numbers: Numbers, loss: (numbers: Numbers) => number): Numbers {
  const step = 1e-5;
  return Object.fromEntries(
    Object.entries(numbers).map(([name, values]) => {
      const slopes = values.map((value, at) => {
        values[at] = value + step;
        const above = loss(numbers);
        values[at] = value - step;
        const below = loss(numbers);
        values[at] = value;
        return (above - below) / (2 * step);
      });
      return [name, slopes];
    }),
  );
}
