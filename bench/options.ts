import { parseArgs } from 'node:util';

/** What `npm run bench` was asked for. */
export interface BenchOptions {
  /** Names of rows, such as `'A'`. */
  readonly rows: readonly string[];
  /** How often each contender runs. */
  readonly rounds: number;
  /** Only contenders whose name has this in it, such as `'wasm'`; and always the first of a row, which is ours. */
  readonly only?: string;
  /** Whether contenders run that take minutes. */
  readonly slow: boolean;
  /** Whether to print where our own time goes, instead of comparing. */
  readonly profile: boolean;
  /** Whether the tables replace those in bench/README.md. */
  readonly write: boolean;
}

/** Reads the command line, refusing what it does not know. */
export function readOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: known.join(',') },
      rounds: { type: 'string', default: '5' },
      only: { type: 'string' },
      slow: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const rows = values.rows.split(',');
  const unknown = rows.filter((row) => !known.includes(row));
  if (unknown.length > 0) throw new RangeError(`--rows must name rows of ${known.join(',')}, received ${unknown}.`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds must be a positive integer, received ${values.rounds}.`);
  }
  const { slow, profile, write, only } = values;
  return { rows, rounds, slow, profile, write, ...(only !== undefined && { only }) };
}
