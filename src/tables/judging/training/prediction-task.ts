import { areaUnderCurve, meanArea } from '../../../statistics/area-under-curve.js';
import type { Estimate } from '../../../statistics/estimate.js';
import { mean, standardError } from '../../../statistics/moments.js';
import { upperNormal } from '../../../statistics/normal.js';
import { toProbabilities } from '../../../statistics/softmax.js';
import { wilsonInterval } from '../../../statistics/wilson.js';
import { logisticLoss, type Scores, softmaxLoss, squaredError, type TreeLoss } from '../../../trees/tree-loss.js';

/** What a prediction is measured by. */
export type PredictionMeasure = 'area under the curve' | 'accuracy' | 'log loss' | 'R squared' | 'mean absolute error';

/** What to learn, and how to measure it. */
export interface PredictionTask {
  readonly loss: TreeLoss;
  /** Targets as the loss takes them. */
  code(values: Float64Array): Float64Array;
  readonly measures: readonly {
    readonly measure: PredictionMeasure;
    readonly best: 'higher' | 'lower';
    of(targets: Float64Array, scores: Scores, pause: () => Promise<void>): Promise<Required<Estimate>>;
  }[];
}

/** Classes with a score of their own; the others are one together. */
const mostClasses = 10;

/** The task of a target with these values in the real table, of which at least two are different. */
export function predictionTask(values: Float64Array, isNumber: boolean): PredictionTask {
  if (isNumber) return numberTask;
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranked = [...counts].sort((one, other) => other[1] - one[1]).map(([value]) => value);
  return ranked.length === 2 ? answerTask(ranked[1]!) : classTask(ranked.slice(0, mostClasses));
}

const numberTask: PredictionTask = {
  loss: squaredError,
  code: (values) => values,
  measures: [
    { measure: 'R squared', best: 'higher', of: async (targets, [scores]) => explained(targets, scores!) },
    {
      measure: 'mean absolute error',
      best: 'lower',
      of: async (targets, [scores]) => normalMean(targets.map((target, row) => Math.abs(target - scores![row]!))),
    },
  ],
};

function answerTask(yes: number): PredictionTask {
  const of = async (targets: Float64Array, [scores]: Scores, pause: () => Promise<void>) => {
    const part = (answer: number) => scores!.filter((_, row) => targets[row] === answer);
    return meanArea([await areaUnderCurve(part(1), part(0), pause)]);
  };
  return {
    loss: logisticLoss,
    code: (values) => values.map((value) => (value === yes ? 1 : 0)),
    measures: [{ measure: 'area under the curve', best: 'higher', of }],
  };
}

function classTask(classes: readonly number[]): PredictionTask {
  const places = new Map(classes.map((value, place) => [value, place]));
  const lossOf = (chances: Float64Array, target: number) => -Math.log(Math.max(chances[target]!, 1e-15));
  return {
    loss: softmaxLoss(classes.length + 1),
    code: (values) => values.map((value) => places.get(value) ?? classes.length),
    measures: [
      {
        measure: 'accuracy',
        best: 'higher',
        async of(targets, scores) {
          const right = targets.filter((target, row) =>
            scores.every((own) => own[row]! <= scores[target]![row]!),
          ).length;
          return { value: right / targets.length, interval: wilsonInterval(right, targets.length) };
        },
      },
      {
        measure: 'log loss',
        best: 'lower',
        of: async (targets, scores) =>
          normalMean(
            targets.map((target, row) => {
              return lossOf(toProbabilities(Float64Array.from(scores, (own) => own[row]!)), target);
            }),
          ),
      },
    ],
  };
}

function normalMean(values: Float64Array): Required<Estimate> {
  const value = mean(values);
  const reach = upperNormal * standardError(values);
  return { value, interval: [value - reach, value + reach] };
}

// 1 less squared errors over squared deviations; its error is that of a ratio of means, to first order.
function explained(targets: Float64Array, scores: Float64Array): Required<Estimate> {
  const centre = mean(targets);
  const deviations = targets.map((target) => (target - centre) ** 2);
  const errors = targets.map((target, row) => (target - scores[row]!) ** 2);
  const spread = mean(deviations);
  const ratio = mean(errors) / spread;
  const reach = upperNormal * standardError(errors.map((error, row) => (error - ratio * deviations[row]!) / spread));
  return { value: 1 - ratio, interval: [1 - ratio - reach, 1 - ratio + reach] };
}
