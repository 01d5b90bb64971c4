/** What one run of a training program leaves behind. */
export interface Curve {
  readonly model: string;
  /** What was ranked after each epoch: the test items, or items held out of train. */
  readonly part: 'test' | 'validation';
  readonly settings: Readonly<Record<string, number>>;
  readonly curve: readonly CurvePoint[];
}

/** One measurement of a curve. */
export interface CurvePoint {
  readonly epoch: number;
  readonly hr10: number;
  readonly ndcg10: number;
  /** Processor seconds of training up to here. */
  readonly processorSeconds?: number;
}
