import type { BackendChoice, RunSettings } from './settings.js';

/** Pictures of equal size, a byte a channel. */
export interface Pictures {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly channels: 1 | 3;
}

/** Pictures side by side, as a canvas takes them. */
export interface Sheet {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly columns: number;
  readonly rows: number;
}

/** What the networks draw at a moment. */
export interface Drawing {
  readonly step: number;
  readonly sheet: Sheet;
  /** The critic's score of each picture, a logit. */
  readonly scores: readonly number[];
  /** The same of real pictures; none before these are loaded. */
  readonly realScores: readonly number[];
  /** From one picture of the sheet to another. */
  readonly between: Sheet;
}

/** Numbers of a step. */
export interface Moment {
  readonly step: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  readonly realScore: number;
  readonly fakeScore: number;
}

/** What the doctor said. */
export interface Verdict {
  readonly step: number;
  readonly verdict: string;
  readonly evidence: string;
  readonly remedy: string;
}

/** What a run tells while it goes on. */
export type RunNews =
  /** `kept` says that the run goes on from a checkpoint of this browser. */
  | { readonly kind: 'began'; readonly backend: string; readonly kept: boolean }
  | { readonly kind: 'real'; readonly sheet: Sheet }
  | { readonly kind: 'drawn'; readonly drawing: Drawing }
  | {
      readonly kind: 'moments';
      readonly moments: readonly Moment[];
      readonly stepsPerSecond: number;
      /** Looked at so far, with what was found last; none when the doctor has not looked yet. */
      readonly examined: boolean;
      readonly verdict?: Verdict;
    };

/** Files that the page gives away. */
export type RunFile = 'trained' | 'start' | 'pictures';

export type Pace = 'paused' | 'slow' | 'fast';

/** What the page asks of the worker of pictures. */
export type ImageServices = {
  run: {
    readonly ask: {
      readonly settings: RunSettings;
      readonly pace: Pace;
      readonly own?: Pictures;
      readonly anew: boolean;
    };
    readonly tell: RunNews;
    readonly answer: { readonly step: number };
  };
  pace: { readonly ask: Pace; readonly tell: never; readonly answer: undefined };
  step: { readonly ask: undefined; readonly tell: never; readonly answer: undefined };
  /** Which two pictures of the sheet the row leads between. */
  between: {
    readonly ask: readonly [from: number, to: number];
    readonly tell: never;
    readonly answer: Sheet | undefined;
  };
  /** As a file: the trained networks, those that the run began with, or the visitor's pictures. */
  file: { readonly ask: RunFile; readonly tell: never; readonly answer: Uint8Array };
  backends: { readonly ask: undefined; readonly tell: never; readonly answer: readonly BackendChoice[] };
};
