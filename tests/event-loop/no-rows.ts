/** Asynchronous functions that need no row, and why. */
export const without: Readonly<Record<string, string>> = {
  prepareBackend:
    'loads kernels once in the life of a process: one module, which the runtime compiles beside the main thread',
  readImageFiles: 'works in browsers only; what it does itself is what readImageFolder does, and the browser decodes',
  startWasm: 'as useBackend; the binary is inflated beside the main thread',
  useBackend: 'as prepareBackend, after the start of a backend of tfjs',
};

/** What is over before the event loop could miss it. */
export const short: Readonly<Record<string, string>> = {
  explainRecommendation: '30 ms for a customer of 3,000 items',
  foldInItem: '18 ms: one system of 64 equations',
};
