import { addMoments, type Curves, noCurves } from './curves.js';
import type { Drawing, RunNews, Sheet, Verdict } from './services.js';

/** What the view knows of the run. */
export interface RunState {
  readonly phase: 'starting' | 'training' | 'ended' | 'failed';
  readonly backend?: string;
  readonly kept: boolean;
  readonly drawing?: Drawing;
  readonly real?: Sheet;
  readonly curves: Curves;
  readonly stepsPerSecond: number;
  readonly examined: boolean;
  readonly verdict?: Verdict;
  /** What the doctor said before, the latest first, each verdict once. */
  readonly told: readonly Verdict[];
  readonly failure?: string;
}

/** Before anything is known. */
export const noRun: RunState = {
  phase: 'starting',
  kept: false,
  curves: noCurves,
  stepsPerSecond: 0,
  examined: false,
  told: [],
};

type News =
  | RunNews
  | { readonly kind: 'starting' }
  | { readonly kind: 'row'; readonly sheet: Sheet | undefined }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly message: string };

/** What the view knows after news. */
export function readNews(state: RunState, news: News): RunState {
  switch (news.kind) {
    case 'starting':
      return noRun;
    case 'began':
      return { ...noRun, phase: 'training', backend: news.backend, kept: news.kept };
    case 'real':
      return { ...state, real: news.sheet };
    case 'drawn':
      return { ...state, drawing: news.drawing };
    case 'moments': {
      const { moments, stepsPerSecond, examined, verdict } = news;
      const { verdict: _, ...rest } = state;
      const told =
        verdict && !state.told.some((each) => each.verdict === verdict.verdict) ? [verdict, ...state.told] : state.told;
      return {
        ...rest,
        curves: addMoments(state.curves, moments),
        stepsPerSecond,
        examined,
        told,
        ...(verdict && { verdict }),
      };
    }
    case 'row':
      return state.drawing && news.sheet ? { ...state, drawing: { ...state.drawing, between: news.sheet } } : state;
    case 'ended':
      return { ...state, phase: 'ended' };
    case 'failed':
      return { ...state, phase: 'failed', failure: news.message };
  }
}
