import type { Head } from '../models/embedding-model.js';
import { binaryCrossEntropyLoss } from './binary-cross-entropy-loss.js';
import type { EmbeddingLoss } from './embedding-loss.js';
import { poissonLoss } from './poisson-loss.js';
import { squaredErrorLoss } from './squared-error-loss.js';

/** The loss that goes with what a model's output means. */
export function headLoss(head: Head): EmbeddingLoss {
  if (head === 'value') return squaredErrorLoss();
  return head === 'count' ? poissonLoss() : binaryCrossEntropyLoss();
}
