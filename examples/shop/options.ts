import { parseArgs } from 'node:util';
import { oneOf, wholeNumber } from '../shared/option-values.js';

/** What a run needs to know. */
export interface Settings {
  /** A CSV file of orders; missing for the simulated shop. */
  readonly data?: string | undefined;
  readonly users: number;
  readonly items: number;
  readonly days: number;
  /** Days at the end of the orders that no model sees, to be foretold. */
  readonly testDays: number;
  /** Days before those by which settings are chosen. */
  readonly validationDays: number;
  /** At most, for the embedding MLP. */
  readonly epochs: number;
  readonly seed: number;
  readonly backend: string;
  readonly out: string;
}

const defaults = {
  ...{ users: 2000, items: 500, days: 365, testDays: 60, validationDays: 30 },
  ...{ epochs: 8, seed: 7, backend: 'wasm', out: 'out/shop' },
} as const;

export const help = `Trains recommenders on a shop's orders and says how good they are.

npm run example:shop -- [options]

  --data FILE          orders as CSV, compressed (.gz) or not: UCI Online Retail, or a file with the columns of the
                       simulated shop (default: simulate a shop, whose best possible ranking is known)
  --users N            users of the simulated shop (${defaults.users})
  --items N            its items (${defaults.items})
  --days N             its days (${defaults.days})
  --epochs N           most passes of the embedding MLP over the orders (${defaults.epochs})
  --seed N             fixes everything random (${defaults.seed})
  --backend wasm|cpu   where TensorFlow.js computes (${defaults.backend})
  --out DIR            folder for report.html (${defaults.out})
  --help               this text

Ctrl-C stops.
`;

/** Reads the command line. Returns `'help'` when it asks for that; throws Error with a sentence for what it cannot use. */
export function readOptions(args: readonly string[]): Settings | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ data: text, users: text, items: text, days: text, epochs: text, seed: text },
      backend: { type: 'string', default: defaults.backend },
      out: { type: 'string', default: defaults.out },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const days = wholeNumber('days', values.days, 30) ?? defaults.days;
  return {
    data: values.data,
    users: wholeNumber('users', values.users, 20) ?? defaults.users,
    items: wholeNumber('items', values.items, 20) ?? defaults.items,
    days,
    testDays: Math.min(defaults.testDays, Math.floor(days / 4)),
    validationDays: Math.min(defaults.validationDays, Math.floor(days / 8)),
    epochs: wholeNumber('epochs', values.epochs, 1) ?? defaults.epochs,
    seed: wholeNumber('seed', values.seed, 0) ?? defaults.seed,
    backend: oneOf('backend', values.backend, ['wasm', 'cpu']),
    out: values.out,
  };
}
