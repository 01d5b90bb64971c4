export { NonFiniteLossError } from '../internal/non-finite-loss-error.js';
