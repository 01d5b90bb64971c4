export { NonFiniteLossError } from '../internal/non-finite-loss-error.js';
export type { RunLength } from './run-length.js';
export type { LoopOptions, Progress } from './run-steps.js';
export { cosineDecay } from './schedules/cosine-decay.js';
export type { DecayOptions } from './schedules/decay.js';
export type { LearningRateSchedule } from './schedules/learning-rate-schedule.js';
export { linearDecay } from './schedules/linear-decay.js';
export type { LinearSchedule } from './schedules/linear-schedule.js';
export type { ValidationReport } from './validation.js';
