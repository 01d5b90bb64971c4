import { dispose, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { refuse } from '../../../internal/require.js';
import type { Objective } from '../engine/network-engine.js';
import type { EmbeddingLoss } from './embedding-loss.js';
import { computedLoss, lossTargets } from './loss-on-host.js';

/**
 * Refuses a loss that gives no scalar, and one whose two forms are not the same, such as `{ ...bprLoss(), compute: mine }`:
 * training would go by the one that nobody wrote. Looked at once, on logits of its own and outside of any tape, where what
 * throws leaves no tensor behind.
 */
export async function requireLossValue(where: string, objective: Objective, count: number, outputs = 1): Promise<void> {
  const { loss, labels, weights, groupSize, rows } = objective;
  const length = count * (loss.isWithinBatch ? count : outputs);
  const logits = Float32Array.from({ length }, (_, at) => 2 * Math.sin(7 * at + 1));
  const value = await computed(objective, logits);
  if (!loss.computeOnHost) return;
  const batch = { logits, labels, groupSize, rows, ...(weights && { weights }) };
  requireSame(where, loss, value, loss.computeOnHost(batch, new Float32Array(length)));
}

/** Refuses a loss that says it is logistic and is not. */
export async function requireLogistic(where: string, loss: EmbeddingLoss): Promise<void> {
  const [logits, labels] = [Float32Array.of(-1.5, 0.5, 2), Float32Array.of(0, 1, 1)];
  const cost = (logit: number, at: number) => Math.log1p(Math.exp(logit)) - labels[at]! * logit;
  const expected = Array.from(logits, cost).reduce((sum, each) => sum + each / logits.length, 0);
  requireSame(where, loss, await computed({ loss, labels, groupSize: 1, rows: {} }, logits), expected);
}

async function computed(objective: Objective, logits: Float32Array): Promise<number> {
  const shape: [number, number] = [logits.length / objective.groupSize, objective.groupSize];
  const value = tidy(() => computedLoss(objective.loss, tensor2d(logits, shape), lossTargets(objective, shape)));
  try {
    return (await value.data())[0]!;
  } finally {
    dispose(value);
  }
}

function requireSame(where: string, { name }: EmbeddingLoss, value: number, other: unknown): void {
  // Both may be infinite, or no number: training tells that by name.
  if (Object.is(value, other)) return;
  if (typeof other === 'number' && Math.abs(value - other) <= 1e-3 * (1 + Math.abs(value))) return;
  const rule = `give by \`computeOnHost\` or \`isLogistic\` what \`compute\` gives; leave them out of '${name}', or write both`;
  refuse(where, 'loss', rule, other);
}
