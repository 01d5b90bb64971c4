/** What the page tells of one backend. */
export interface PageReport {
  /** What the backend runs on, e.g. the name of the GPU adapter. */
  readonly device: string;
  readonly passed: number;
  readonly failures: readonly { readonly name: string; readonly message: string }[];
}
