import { parseArgs } from 'node:util';
import { wholeNumber } from '../shared/option-values.js';

/** What a run needs to know. */
export interface Settings {
  /** A CSV file of orders; missing for the simulated shop. */
  readonly data?: string | undefined;
  readonly users: number;
  readonly items: number;
  readonly days: number;
  /** Most order lines to learn from. */
  readonly lines: number;
  /** Classes of the mixture. */
  readonly classes: number;
  readonly seed: number;
  readonly out: string;
}

const defaults = {
  ...{ users: 2000, items: 300, days: 730 },
  ...{ lines: 20_000, classes: 60, seed: 7, out: 'out/orders' },
} as const;

export const help = `Makes virtual orders from a shop's orders, judges them, and sets stock by them.

npm run example:orders -- [options]

  --data FILE          orders as CSV, compressed (.gz) or not: UCI Online Retail, or a file with the columns of the
                       simulated shop (default: simulate a shop)
  --users N            users of the simulated shop (${defaults.users})
  --items N            its items (${defaults.items})
  --days N             its days (${defaults.days})
  --lines N            most order lines to learn from (${defaults.lines})
  --classes N          classes of the mixture (${defaults.classes})
  --seed N             fixes everything random (${defaults.seed})
  --out DIR            folder for report.html and virtual-orders.csv (${defaults.out})
  --help               this text

Ctrl-C stops.
`;

/** Reads the command line. Returns `'help'` when it asks for that; throws Error with a sentence for what it cannot use. */
export function readOptions(args: readonly string[]): Settings | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ data: text, users: text, items: text, days: text, lines: text, classes: text, seed: text },
      out: { type: 'string', default: defaults.out },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    data: values.data,
    users: wholeNumber('users', values.users, 20) ?? defaults.users,
    items: wholeNumber('items', values.items, 20) ?? defaults.items,
    days: wholeNumber('days', values.days, 60) ?? defaults.days,
    lines: wholeNumber('lines', values.lines, 200) ?? defaults.lines,
    classes: wholeNumber('classes', values.classes, 1) ?? defaults.classes,
    seed: wholeNumber('seed', values.seed, 0) ?? defaults.seed,
    out: values.out,
  };
}
