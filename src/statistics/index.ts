export type { Estimate, Interval } from './estimate.js';
