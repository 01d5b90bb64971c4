import type { Moment } from './services.js';

const most = 240;

/** Numbers of a run, thinned so that a chart never has many points: each stands for the mean of `per` steps. */
export interface Curves {
  readonly per: number;
  readonly points: readonly Moment[];
  /** Not enough yet for a point. */
  readonly rest: readonly Moment[];
}

/** No numbers yet. */
export const noCurves: Curves = { per: 1, points: [], rest: [] };

/** Adds numbers at the end. */
export function addMoments(curves: Curves, moments: readonly Moment[]): Curves {
  let { per } = curves;
  const waiting = [...curves.rest, ...moments];
  let points = [...curves.points];
  while (waiting.length >= per) points.push(mean(waiting.splice(0, per)));
  while (points.length > most) {
    if (points.length % 2 === 1) waiting.unshift(...Array<Moment>(per).fill(points.pop()!));
    points = points.flatMap((point, index) => (index % 2 === 0 ? [mean([point, points[index + 1]!])] : []));
    per *= 2;
  }
  return { per, points, rest: waiting };
}

function mean(moments: readonly Moment[]): Moment {
  const of = (name: keyof Moment) => moments.reduce((sum, each) => sum + each[name] / moments.length, 0);
  return {
    step: Math.round(of('step')),
    discriminatorLoss: of('discriminatorLoss'),
    generatorLoss: of('generatorLoss'),
    realScore: of('realScore'),
    fakeScore: of('fakeScore'),
  };
}
