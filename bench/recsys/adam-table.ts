import type { CurvePoint } from './results.js';

type Score = Pick<CurvePoint, 'hr10' | 'ndcg10'>;

/** What `compare-adam.ts` leaves behind. */
export interface AdamComparison {
  readonly deviation: number;
  readonly points: readonly {
    readonly adam: 'lazy' | 'dense';
    readonly seed: number;
    readonly epoch: number;
    readonly sampled: Score;
    readonly all?: Score;
  }[];
}

/** A curve of `run-mlp.ts`, with ranks in the whole catalogue after some epochs. */
export interface AdamCurve {
  readonly settings: Readonly<Record<string, number>>;
  readonly curve: readonly (CurvePoint & { readonly all?: Score })[];
}

/** HR@10 / NDCG@10 of lazy and dense Adam on MovieLens after some epochs, means over seeds. */
export function adamOnMovieLens(runs: readonly AdamCurve[]): string {
  const common = Math.min(...runs.map(({ curve }) => curve.length));
  const best = `best on test of ${common}`;
  const head = ['Adam', 'epoch 1', 'epoch 2', 'epoch 5', 'epoch 10', best, 'epoch 10, all items', 'seeds'];
  const rows = [1, 0].flatMap((lazy) => {
    const own = runs.filter(({ settings }) => settings.lazy === lazy);
    if (own.length === 0) return [];
    const at = (epoch: number) => shown(own.map(({ curve }) => curve.find((point) => point.epoch === epoch)!));
    const highest = own.map(({ curve }) =>
      curve.slice(0, common).reduce((most, point) => (point.hr10 > most.hr10 ? point : most)),
    );
    const all = own.map(({ curve }) => curve.find((point) => point.epoch === 10)!.all!);
    const seeds = own.map(({ settings }) => settings.seed).join(', ');
    return [[lazy === 1 ? 'lazy' : 'dense', ...[1, 2, 5, 10].map(at), shown(highest), shown(all), seeds]];
  });
  return tableOf(head, rows);
}

/** The same on Online Retail after a number of epochs. */
export function adamOnOnlineRetail(runs: readonly AdamComparison[], epochs: readonly number[]): string {
  const head = [
    'start',
    'epochs',
    'lazy, 99 negatives',
    'dense, 99 negatives',
    'lazy, all items',
    'dense, all items',
    'seeds',
  ];
  const rows = runs.flatMap(({ deviation, points }) =>
    epochs.flatMap((epoch) => {
      const of = (adam: 'lazy' | 'dense') => points.filter((point) => point.adam === adam && point.epoch === epoch);
      const seeds = of('dense').map(({ seed }) => seed);
      const [lazy, dense] = [of('lazy').filter(({ seed }) => seeds.includes(seed)), of('dense')];
      if (seeds.length === 0) return [];
      const sampled = [lazy, dense].map((some) => shown(some.map((point) => point.sampled)));
      const all = [lazy, dense].map((some) => shown(some.map((point) => point.all!)));
      return [[`normal, ${deviation}`, String(epoch), ...sampled, ...all, seeds.join(', ')]];
    }),
  );
  return tableOf(head, rows);
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function shown(points: readonly Score[]): string {
  const mean = (of: (point: Score) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return `${mean(({ hr10 }) => hr10).toFixed(4)} / ${mean(({ ndcg10 }) => ndcg10).toFixed(4)}`;
}
