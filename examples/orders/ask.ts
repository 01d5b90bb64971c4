import type { Table, TableModel } from 'minimart';
import type { LineColumns } from './load-lines.js';

/** Lines that were asked for. */
export interface Asked {
  /** What every line must hold, in words. */
  readonly words: string;
  /** How likely that is in the model, and how often real lines that it did not see hold it. */
  readonly stated: number;
  readonly heldOut: number;
  readonly lines: Table<LineColumns>;
}

/** Asks for large orders of the second most common country in the morning. */
export async function ask(model: TableModel<LineColumns>, heldOut: Table<LineColumns>, seed: number): Promise<Asked> {
  const { country, hour, pieces } = heldOut.columns;
  const counts = new Map<number, number>();
  for (const code of country.codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [[code] = [0]] = [...counts].sort((a, b) => b[1] - a[1]).slice(counts.size > 1 ? 1 : 0);
  const id = country.vocabulary.idAt(code!)!;
  const where = { country: id, hour: { from: 9, to: 11 }, pieces: { from: 3 } };
  let found = 0;
  for (let row = 0; row < heldOut.length; row += 1) {
    const [at, units] = [hour.values[row]!, pieces.values[row]!];
    if (country.codes[row] === code && at >= 9 && at <= 11 && units >= 3) found += 1;
  }
  return {
    words: `country ${id}, from 9 to 11 o'clock, 3 pieces or more`,
    stated: await model.probability(where),
    heldOut: found / heldOut.length,
    lines: await model.sample(6, { where, seed }),
  };
}
