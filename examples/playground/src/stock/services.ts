/** A product, and what orders of it cost. */
export interface Problem {
  /** Mean demand a day, of a Poisson distribution. */
  readonly demand: number;
  readonly leadTime: number;
  readonly penalty: number;
}

/** What a policy orders: rows by what is under way, columns by what is in stock. */
export interface PolicyMap {
  readonly name: string;
  /** Cost a day in the long run. */
  readonly cost: number;
  readonly orders: readonly (readonly number[])[];
}

/** A moment of learning. */
export interface Learned extends PolicyMap {
  readonly days: number;
}

/** What the page asks of the worker of stock. */
export type StockServices = {
  solve: {
    readonly ask: Problem;
    readonly tell: never;
    readonly answer: { readonly optimum: PolicyMap; readonly baseStock: PolicyMap; readonly states: number };
  };
  learn: {
    readonly ask: Problem & { readonly days: number; readonly seed: number };
    readonly tell: Learned;
    readonly answer: undefined;
  };
};
