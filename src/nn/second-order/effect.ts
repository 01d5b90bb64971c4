/**
 * What becomes of an exact gradient penalty behind a layer: `'right'`; `'wrong'`, it runs with a wrong gradient;
 * `'throws'`; or `'unknown'`, for a layer that is not known here.
 */
export type SecondOrderEffect = 'right' | 'wrong' | 'throws' | 'unknown';

/** An effect, and what to do about it. */
export interface Finding {
  readonly effect: SecondOrderEffect;
  /** What in the layer has the effect; absent: all of it. */
  readonly cause?: string;
  /** What to use instead. */
  readonly advice?: string;
}

/** No objection. */
export const right: Finding = { effect: 'right' };
