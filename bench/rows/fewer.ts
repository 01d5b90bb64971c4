/** Ours on wasm with less than it has by itself: what threads and fused products are worth. */
export const fewer = [
  ['wasm, one thread', { backend: 'wasm', threads: 1 }],
  ['wasm, one thread, plain products', { backend: 'wasm', threads: 1, plain: true }],
] as const;
