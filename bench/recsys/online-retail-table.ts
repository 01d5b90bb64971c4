interface Estimate {
  readonly value: number;
  readonly interval?: readonly [number, number];
}

interface Marks {
  readonly hitRate: Estimate;
  readonly ndcg: Estimate;
}

/** What `online-retail.ts` leaves behind. */
export interface OnlineRetailResults {
  readonly results: readonly {
    readonly name: string;
    readonly settings: string;
    readonly sampled: Marks;
    readonly all: Marks;
  }[];
}

/** Five recommenders with their intervals, against 99 sampled items and against the whole catalogue. */
export function onlineRetailTable({ results }: OnlineRetailResults): string {
  const head = [
    'recommender',
    'HR@10, 99 negatives',
    'NDCG@10, 99 negatives',
    'HR@10, all items',
    'NDCG@10, all items',
  ];
  const rows = results.map(({ name, settings, sampled, all }) => [
    settings ? `${name} (${settings.replaceAll('"', '')})` : name,
    ...[sampled.hitRate, sampled.ndcg, all.hitRate, all.ndcg].map(shown),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function shown({ value, interval }: Estimate): string {
  const range = interval ? ` (${interval.map((bound) => bound.toFixed(3)).join('–')})` : '';
  return `${value.toFixed(4)}${range}`;
}
