import { refuse } from '../internal/require.js';
import type { SimulatedShop } from './simulated-shop.js';

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
  if (!Number.isInteger(from) || from < 0 || from >= settings.days) {
    refuse(where, 'from', `be a day in 0..${settings.days - 1}`, from);
  }
  if (!Number.isInteger(to) || to <= from || to > settings.days) {
    refuse(where, 'to', `be a day after \`from\`, at most ${settings.days}`, to);
  }
  return { from, to };
}

/** Refuses an index of a user or an item that the shop has not. */
export function requireIndex(where: string, name: string, index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count) refuse(where, name, `be in 0..${count - 1}`, index);
}
