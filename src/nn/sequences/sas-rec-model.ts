import type { Vocabulary } from '../../data/vocabulary.js';
import { findNonFinite } from '../../internal/finite.js';
import { refuse } from '../../internal/require.js';
import type { EmbeddingTable } from '../embedding/models/movable-table.js';
import { planSequence, type SequencePlan } from './network/sequence-plan.js';

/** What a {@link SasRecModel} was built with, defaults filled in. */
export interface SasRecSettings {
  /** Length of an item's vector. */
  readonly embeddingSize: number;
  /** Blocks of attention and dense layers. */
  readonly blocks: number;
  /** Heads of each attention. */
  readonly heads: number;
  /** How many of somebody's latest items are read. */
  readonly maxLength: number;
  /** Share of numbers that training drops, in [0, 1). */
  readonly dropout: number;
}

/**
 * A network that reads what somebody did, in its order, and says which item comes next. Made by {@link buildSasRec}, trained
 * by {@link trainSasRec}. It knows items and no users: plain memory on the host, with nothing to dispose.
 */
export interface SasRecModel {
  /** Sizes, and what training drops. */
  readonly config: SasRecSettings;
  /** The items, one for each row of `table`. */
  readonly items: Vocabulary;
  /** Vectors of the items: what goes in, and what is compared with what comes out. */
  readonly table: EmbeddingTable;
  /** All other weights, one behind the other. Changed in place by training. */
  readonly parameters: Float32Array;
  /** `[I]`: 1 for items with a row in what it was trained on. Of others it knows nothing. */
  readonly learnedItems: Uint8Array;
}

/** Most numbers that one pass may take, 2 GB: what is more was meant otherwise. */
export const mostNumbers = 2 ** 29;

/** How a model's parameters lie. */
export function planOf({ config }: Pick<SasRecModel, 'config'>): SequencePlan {
  return planSequence(config);
}

/** Checks a model. */
export function requireSasRec(where: string, model: SasRecModel): void {
  const { config, items, table, parameters, learnedItems } = model ?? {};
  const isWhole = config && items && table && parameters instanceof Float32Array && learnedItems instanceof Uint8Array;
  if (!isWhole) refuse(where, 'model', 'be a SasRecModel, such as buildSasRec() makes', model);
}

/** The first weight that is not finite, and where it is. */
export function findBrokenNumber(model: SasRecModel): { readonly name: string; readonly value: number } | undefined {
  const { values } = model.table;
  const row = findNonFinite(values);
  if (row >= 0) return { name: 'items', value: values[row]! };
  const place = findNonFinite(model.parameters);
  if (place < 0) return undefined;
  return { name: partAt(planOf(model), place), value: model.parameters[place]! };
}

/** The name of the parameters that a place is among. */
export function partAt({ parts }: SequencePlan, place: number): string {
  return parts.findLast(({ start }) => start <= place)!.name;
}
