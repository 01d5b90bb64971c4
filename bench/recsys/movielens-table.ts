import type { Curve, CurvePoint } from './results.js';

type Score = Pick<CurvePoint, 'hr10' | 'ndcg10'>;

interface Goal {
  readonly model: string;
  readonly published: Score;
}

/** Figures to come near: of He et al. (2017) for the first two, of Rendle's settings for the others. */
const goals: readonly Goal[] = [
  { model: 'embedding MLP [64, 32, 16, 8]', published: { hr10: 0.67, ndcg10: 0.396 } },
  { model: 'NeuMF-8, from scratch', published: { hr10: 0.688, ndcg10: 0.41 } },
  { model: 'dot product, d = 64', published: { hr10: 0.723, ndcg10: 0.449 } },
  { model: 'iALS-192', published: { hr10: 0.7308, ndcg10: 0.4531 } },
];

/** HR@10 / NDCG@10 of each model beside the published figures, by three ways to choose the epoch. */
export function movieLensTable(curves: readonly Curve[]): string {
  const head = ['model', 'published', 'epoch best on test', 'epoch best on validation', 'last epoch', 'seeds'];
  const rows = goals.flatMap((goal) => {
    const own = curves.filter(({ model }) => model === goal.model);
    const tests = own.filter(({ part }) => part === 'test');
    return tests.length === 0
      ? []
      : [
          rowOf(
            goal,
            tests,
            own.find(({ part }) => part === 'validation'),
          ),
        ];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf({ model, published }: Goal, tests: readonly Curve[], validation: Curve | undefined): string[] {
  const chosen = validation && best(validation.curve).epoch;
  return [
    model,
    shown(published),
    shown(mean(tests.map(({ curve }) => best(curve)))),
    chosen ? `${shown(mean(tests.map(({ curve }) => at(curve, chosen))))} (epoch ${chosen})` : 'not run',
    `${shown(mean(tests.map(({ curve }) => curve.at(-1)!)))} (epoch ${tests[0]!.curve.at(-1)!.epoch})`,
    tests.map(({ settings }) => settings.seed).join(', '),
  ];
}

function best(curve: readonly CurvePoint[]): CurvePoint {
  return curve.reduce((most, point) => (point.hr10 > most.hr10 ? point : most));
}

function at(curve: readonly CurvePoint[], epoch: number): CurvePoint {
  return curve.find((point) => point.epoch === epoch) ?? curve.at(-1)!;
}

function mean(points: readonly Score[]): Score {
  const average = (of: (point: Score) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { hr10: average(({ hr10 }) => hr10), ndcg10: average(({ ndcg10 }) => ndcg10) };
}

function shown({ hr10, ndcg10 }: Score): string {
  return `${hr10.toFixed(4)} / ${ndcg10.toFixed(4)}`;
}
