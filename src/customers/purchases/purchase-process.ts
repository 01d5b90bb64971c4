/** What is known of a customer: days of purchase behind the first, when the last of them was, and how long ago the first. */
export interface Past {
  readonly frequency: number;
  readonly recency: number;
  readonly age: number;
}

/** A story of how customers buy and leave, with parameters `[P]`, all of them > 0. */
export interface PurchaseProcess {
  readonly name: string;
  /** Names of the parameters. */
  readonly parameters: readonly string[];
  /** Which of them are lengths of time. */
  readonly times: readonly string[];
  /** Where a search begins, for purchases at `rate` by customers of about the age `age`. */
  starts(rate: number, age: number): readonly (readonly number[])[];
  /** The log-likelihood of a customer. */
  logLikelihood(parameters: Float64Array, past: Past): number;
  /** How likely a customer has not left. */
  alive(parameters: Float64Array, past: Past): number;
  /** How likely one who has not left does not buy for so long. */
  none(parameters: Float64Array, past: Past, horizon: number): number;
  /** Expected purchases of one who has not left. */
  expected(parameters: Float64Array, past: Past, horizon: number): number;
  /** Expected purchases of a new customer behind the first. */
  expectedOfNew(parameters: Float64Array, horizon: number): number;
  /** Why parameters are none that customers can have: at the end of a rise of the likelihood that does not end. */
  limit(parameters: Float64Array, age: number): Limit | undefined;
}

/** The end that a likelihood rises to. */
export interface Limit {
  readonly kind: 'no dropout' | 'no return';
  readonly reason: string;
}

/** ln(exp(one) + exp(other)). */
export function logSum(one: number, other: number): number {
  const [low, high] = one < other ? [one, other] : [other, one];
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
}

/** 1 / (1 + exp(log)). */
export function oneOver(log: number): number {
  return log > 0 ? Math.exp(-log) / (1 + Math.exp(-log)) : 1 / (1 + Math.exp(log));
}
