import { requireWholeNumber } from '../../internal/require.js';

/** What a supplier delivers: of a policy whose orders are to be whole packs. */
export interface WholePacks {
  /** Units of a pack: orders are rounded down to whole packs. Default 1. */
  readonly packSize?: number;
  /** Least units of an order, where the supplier sets one: a whole number >= 1; the next whole packs. Default 1. */
  readonly minimumOrder?: number;
}

/** Checks both, and gives the least order in whole packs. */
export function requireWholePacks(where: string, { packSize = 1, minimumOrder = 1 }: WholePacks): number {
  requireWholeNumber(where, 'packSize', packSize, 1, 1e9);
  requireWholeNumber(where, 'minimumOrder', minimumOrder, 1, 1e9);
  return packSize * Math.ceil(minimumOrder / packSize);
}

/** A policy's name with its packs. */
export function nameWithPacks(name: string, { packSize = 1 }: WholePacks, least: number): string {
  const packed = packSize > 1 ? `${name} in packs of ${packSize}` : name;
  return least > packSize ? `${packed}, at least ${least}` : packed;
}
