import { refuse, requireFunction } from '../../../internal/require.js';
import type { EmbeddingLoss } from '../losses/embedding-loss.js';
import type { EmbeddingModel } from '../models/embedding-model.js';
import type { EmbeddingOptimizer } from './embedding-optimizer.js';

/** Checks a model that is to be trained. */
export function requireModel(where: string, model: EmbeddingModel): void {
  const { tables, variables, network, features } = model ?? {};
  const isWhole =
    typeof model?.scorePairs === 'function' && [tables, variables, network, features].every((part) => isObject(part));
  if (!isWhole) refuse(where, 'model', 'be an EmbeddingModel, such as buildEmbeddingMlp() makes', model);
  if (Object.values(variables!).some(({ isDisposed }) => isDisposed)) {
    refuse(where, 'model', 'have weights that are not disposed', model);
  }
}

/** Checks a loss of a user's own. */
export function requireLoss(where: string, loss: EmbeddingLoss): void {
  if (typeof loss?.compute !== 'function')
    refuse(where, 'loss', 'be an EmbeddingLoss, with a function `compute`', loss);
  requireFunction(where, 'loss.computeOnHost', loss.computeOnHost);
}

/** Checks an optimizer, which is a value that says what the update is. */
export function requireOptimizer(where: string, optimizer: EmbeddingOptimizer): void {
  const isKnown = ['adam', 'adagrad', 'sgd'].includes(optimizer?.kind);
  if (isKnown && Number.isFinite(optimizer.learningRate) && optimizer.learningRate > 0) return;
  refuse(where, 'optimizer', 'come from denseAdam(), lazyAdam(), lazyAdagrad() or lazySgd()', optimizer);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
