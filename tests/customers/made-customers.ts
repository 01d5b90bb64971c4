import { type CustomerHistory, createRng, createVocabulary, type Rng } from 'minimart';
import { drawGamma } from '../../src/random/gamma.js';

/** A history of customers with these columns. */
export function historyOf(
  rows: readonly (readonly [frequency: number, recency: number, age: number])[],
): CustomerHistory {
  const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of);
  return {
    length: rows.length,
    customers: createVocabulary(rows.map((_, row) => `C${row}`)),
    unit: 'week',
    until: 0,
    frequency: column(([x]) => x),
    recency: column(([, last]) => last),
    age: column(([, , age]) => age),
    recent: column(([x]) => Math.min(x, 3)),
    lines: column(() => 1),
    report: { rows: 0, counted: 0, refunds: 0, lacking: 0, customers: rows.length, later: 0 },
  };
}

/** How one customer of a story buys: the times of purchases behind the first, up to `end`. */
export type Story = (rng: Rng, end: number) => number[];

/** Customers who leave behind each purchase, the very first included, with a chance of their own: the story of MBG/NBD. */
export function leavesBehindPurchases(r: number, alpha: number, a: number, b: number): Story {
  return (rng, end) => {
    const [one, other] = [drawGamma(rng, a), drawGamma(rng, b)];
    const leaves = one / (one + other);
    const rate = drawGamma(rng, r) / alpha;
    const times: number[] = [];
    let now = 0;
    while (rng.uniform() >= leaves) {
      now -= Math.log(1 - rng.uniform()) / rate;
      if (now > end) break;
      times.push(now);
    }
    return times;
  };
}

/** Customers who leave at any time, at rates of their own: the story of Pareto/NBD. */
export function leavesAtAnyTime(r: number, alpha: number, s: number, beta: number): Story {
  return (rng, end) => {
    const rate = drawGamma(rng, r) / alpha;
    const life = -Math.log(1 - rng.uniform()) / (drawGamma(rng, s) / beta);
    const times: number[] = [];
    for (let now = 0; ; ) {
      now -= Math.log(1 - rng.uniform()) / rate;
      if (now > Math.min(end, life)) return times;
      times.push(now);
    }
  };
}

/** Customers of a story, of ages from 20 to 40 weeks, with what they did in the `horizon` behind. */
export function madeCustomers(story: Story, count: number, seed: number, horizon = 20) {
  const rng = createRng(seed);
  const future: number[] = [];
  const rows = Array.from({ length: count }, () => {
    const age = 20 + 20 * rng.uniform();
    const times = story(rng, age + horizon);
    const known = times.filter((time) => time <= age);
    future.push(times.length - known.length);
    return [known.length, known.at(-1) ?? 0, age] as const;
  });
  return { ...historyOf(rows), future: { horizon, purchases: Float64Array.from(future) } };
}
