import { refuse, requireIndex, requireWholeNumber } from '../../../internal/require.js';
import type { SimulatedShop } from '../simulated-shop.js';

/** A stretch of days of a simulated shop. */
export interface DayWindow {
  /** First day. Default 0. */
  readonly from?: number;
  /** First day after it. Default the number of days of the shop. */
  readonly to?: number;
}

/** Refuses what {@link simulateShop} did not make. */
export function requireShop(where: string, shop: unknown): void {
  const { settings, users, items, orders } = (shop ?? {}) as Partial<SimulatedShop>;
  if (!settings || !users?.ids || !items?.ids || !orders) refuse(where, 'shop', 'come from simulateShop', shop);
}

/** Fills in the defaults and refuses days that the shop has not. */
export function readWindow(where: string, { settings }: Pick<SimulatedShop, 'settings'>, window: DayWindow) {
  const { from = 0, to = settings.days } = window;
  requireIndex(where, 'from', from, settings.days);
  requireWholeNumber(where, 'to', to, from + 1, settings.days);
  return { from, to };
}
