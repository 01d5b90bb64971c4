export { CheckpointError } from './checkpoint-error.js';
export type { CheckpointOptions, KeepingOptions, ResumeOptions } from './checkpoint-options.js';
export type { CheckpointStore } from './checkpoint-store.js';
export { indexedDbStore } from './indexed-db-store.js';
export { memoryStore } from './memory-store.js';
