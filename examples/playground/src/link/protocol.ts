/** What a worker can be asked: for each name what is asked with, what is told meanwhile, and the answer. */
export type Services = Record<string, { readonly ask: unknown; readonly tell: unknown; readonly answer: unknown }>;

/** From the page to a worker. */
export type Asked =
  | { readonly id: number; readonly name: string; readonly ask: unknown }
  | { readonly id: number; readonly stop: true };

/** From a worker to the page. */
export type Answered =
  | { readonly id: number; readonly tell: unknown }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: string; readonly stopped: boolean };
