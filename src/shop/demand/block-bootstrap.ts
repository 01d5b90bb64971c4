import { weekdayOf } from '../../data/orders/days.js';
import { requireOptions } from '../../internal/options.js';
import { requireBetween } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import { type DailyDemand, requireLearnable } from './daily-demand.js';
import { type DemandGenerator, drawDays, readSample } from './demand-generator.js';

/**
 * Draws days of the record itself, in blocks: the stationary bootstrap, with blocks that begin on the right day of the week. The
 * first baseline of virtual demand.
 *
 * A virtual day is a whole recorded day with all products, so what they have to do with each other stays. After each day a new
 * block begins with probability `1 / blockLength`, and always behind the last recorded day: at one of the recorded days of the
 * weekday that it is, each as likely. Within blocks, demand depends on the days before as it did; over more days than a block
 * it does not.
 *
 * @param demand - 14 days or more, each product with an order line.
 * @returns What draws the days; it holds the record.
 * @throws RangeError when the days are too few, a product was never asked for, or an option is wrong.
 * @see Politis and Romano, "The Stationary Bootstrap" (1994)
 * @see Künsch, "The Jackknife and the Bootstrap for General Stationary Observations" (1989)
 * @example
 * const shop = simulateShop({ seed: 7, users: 50, items: 20, days: 90 });
 * const orders = parseTable(formatOrders(shop), { Product: idColumn(), Quantity: countColumn(), Time: timeColumn() });
 * const demand = await demandByDay(orders, { product: 'Product', time: 'Time', pieces: 'Quantity' });
 * const virtual = await blockBootstrap(demand).sample(30, { seed: 1 });
 * virtual.series('P0003').length; // 30
 */
export function blockBootstrap(
  demand: DailyDemand,
  options: {
    /** Mean length of a block in days, >= 1; with 1 each day is drawn alone. Default 7. */
    readonly blockLength?: number;
  } = {},
): DemandGenerator {
  const where = 'blockBootstrap';
  requireOptions(where, options, { blockLength: true });
  const { blockLength = 7 } = options;
  requireBetween(where, 'blockLength', blockLength, 1, Number.MAX_VALUE, { closed: true });
  requireLearnable(where, demand);
  const { start, days: recorded, products, lines, sizes, open } = demand;
  const daysOf = Array.from({ length: 7 }, () => [] as number[]);
  for (let day = 0; day < recorded; day += 1) daysOf[weekdayOf(start, day)]!.push(day);
  const firstLine = firstLines(lines, products.size);
  return {
    async sample(days, sampling = {}) {
      const { rng, pause } = readSample(days, sampling);
      let from = recorded;
      return drawDays(
        demand,
        days,
        (day, add) => {
          from = nextDay(from, daysOf[weekdayOf(start, recorded + day)]!, { recorded, blockLength }, rng);
          for (let product = 0; product < products.size; product += 1) {
            const cell = from * products.size + product;
            const first = firstLine[cell]!;
            for (let line = 0; line < lines[cell]!; line += 1) add(product, sizes[product]![first + line]!);
          }
          return open[from] === 1;
        },
        pause,
      );
    },
  };
}

interface Blocks {
  readonly recorded: number;
  readonly blockLength: number;
}

function nextDay(from: number, candidates: readonly number[], { recorded, blockLength }: Blocks, rng: Rng): number {
  const goesOn = from + 1 < recorded && rng.uniform() >= 1 / blockLength;
  return goesOn ? from + 1 : rng.choice(candidates);
}

// Of each day and product the place of its first line among the product's.
function firstLines(lines: Int32Array, products: number): Int32Array {
  const first = new Int32Array(lines.length);
  for (let cell = products; cell < lines.length; cell += 1)
    first[cell] = first[cell - products]! + lines[cell - products]!;
  return first;
}
