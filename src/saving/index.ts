export { CheckpointError } from './checkpoint-error.js';
export type { CheckpointOptions, KeepingOptions, ResumeOptions } from './checkpoint-options.js';
export type { CheckpointStore } from './stores/checkpoint-store.js';
export { indexedDbStore } from './stores/indexed-db-store.js';
export { memoryStore } from './stores/memory-store.js';
