import type { Mapping } from './columns.js';

/** Where orders come from. */
export type Source =
  | { readonly kind: 'simulated'; readonly customers: number; readonly products: number; readonly seed: number }
  | { readonly kind: 'file'; readonly file: File; readonly mapping: Mapping; readonly format: string };

/** What is known of a shop. */
export interface ShopSummary {
  readonly lines: number;
  readonly leftOut: number;
  /** Why lines were left out, with how many. */
  readonly reasons: readonly (readonly [reason: string, lines: number])[];
  readonly customers: number;
  readonly products: number;
  readonly from: string;
  readonly to: string;
  /** The share of what customers bought after their first order that they had had before. */
  readonly repeatShare: number;
  /** Who ordered most, and what sold most, the most first. */
  readonly customerIds: readonly string[];
  readonly productIds: readonly string[];
}

/** A product for a customer. */
export interface Pick {
  readonly product: string;
  readonly isNew: boolean;
  /** The chance that it is in the next basket. */
  readonly chance: number;
  /** The share of all customers' orders that hold it: what a list for everybody would know. */
  readonly baseline: number;
  readonly why: string;
}

/** An estimate with its interval. */
export interface Bar {
  readonly name: string;
  readonly part: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Sales of a product, and what is expected. */
export interface ProductForecast {
  readonly sold: readonly { readonly week: Date; readonly pieces: number }[];
  readonly expected: readonly {
    readonly week: Date;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** What the page asks of the worker of the shop; everything but `header` and `open` is about the shop that was opened. */
export type ShopServices = {
  header: {
    readonly ask: File;
    readonly tell: never;
    readonly answer: { readonly names: readonly string[]; readonly mapping: Mapping; readonly format: string };
  };
  open: { readonly ask: Source; readonly tell: never; readonly answer: ShopSummary };
  recommend: {
    readonly ask: { readonly customer: string; readonly onlyNew: boolean };
    readonly tell: never;
    readonly answer: {
      readonly picks: readonly Pick[];
      readonly bought: readonly (readonly [product: string, orders: number])[];
    };
  };
  judgeRecommender: {
    readonly ask: null;
    readonly tell: never;
    readonly answer: {
      readonly customers: number;
      readonly bars: readonly Bar[];
      /** By how much the list is ahead of each other, on the same customers. */
      readonly ahead: readonly { readonly name: string; readonly low: number; readonly high: number }[];
    };
  };
  virtual: {
    readonly ask: { readonly country: string; readonly seed: number };
    readonly tell: { readonly note: string };
    readonly answer: {
      readonly names: readonly string[];
      readonly countries: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly share: number;
      readonly bars: readonly Bar[];
      readonly judged: number;
    };
  };
  forecast: {
    readonly ask: { readonly product: string; readonly method: string };
    readonly tell: never;
    readonly answer: ProductForecast;
  };
  judgeForecast: {
    readonly ask: null;
    readonly tell: { readonly note: string };
    readonly answer: { readonly products: number; readonly bars: readonly Bar[] };
  };
};
