import { millisecondsOfDay } from '../../data/orders/days.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { requireOptions } from '../../internal/options.js';
import { requireSeed, requireWholeNumber } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { createRng, type Rng } from '../../random/rng.js';
import { type DailyDemand, dailyDemand } from './daily-demand.js';

/** Options of {@link DemandGenerator.sample}. */
export interface SampleDaysOptions {
  /** Fixes the days; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What makes virtual days of demand, learned from recorded ones: made by {@link blockBootstrap} and {@link independentDays}. */
export interface DemandGenerator {
  /**
   * Draws virtual days of the same products: the ones that follow the days learned from.
   *
   * @throws RangeError when `days` is no whole number from 1 to 1,000,000, or an option is wrong.
   */
  sample(days: number, options?: SampleDaysOptions): Promise<DailyDemand>;
}

/** What a model does on one day: its lines' pieces go to `add`. Whether the shop is open. */
export type DrawDay = (day: number, add: (product: number, pieces: number) => void) => boolean;

/** What a `sample` needs, its arguments checked. */
export function readSample(days: number, options: SampleDaysOptions, names = { seed: true, signal: true } as const) {
  requireOptions('sample', options, names);
  requireWholeNumber('sample', 'days', days, 1, 1_000_000);
  requireSeed('sample', options.seed);
  const rng: Rng = createRng(options.seed ?? 0).stream('days');
  return { rng, pause: pauseFor('sample', options.signal) };
}

/** Draws the days that follow those of `after`. */
export async function drawDays(
  after: { readonly products: Vocabulary; readonly start: number; readonly days: number },
  days: number,
  draw: DrawDay,
  pause: () => Promise<void>,
): Promise<DailyDemand> {
  const { products } = after;
  const [pieces, lines] = [new Float64Array(days * products.size), new Int32Array(days * products.size)];
  const open = new Uint8Array(days);
  const sizes: number[][] = Array.from({ length: products.size }, () => []);
  for (let day = 0; day < days; day += 1) {
    const isOpen = draw(day, (product, units) => {
      pieces[day * products.size + product]! += units;
      lines[day * products.size + product]! += 1;
      sizes[product]!.push(units);
    });
    open[day] = isOpen ? 1 : 0;
    await pause();
  }
  return dailyDemand({
    ...{ days, products, pieces, lines, open },
    sizes: sizes.map((each) => Float64Array.from(each)),
    start: after.start + after.days * millisecondsOfDay,
  });
}
