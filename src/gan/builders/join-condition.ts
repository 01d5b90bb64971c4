import { input, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { normalizedMap, type StackConfig, seededKernel } from '../../nn/stack.js';
import type { Rng } from '../../random/rng.js';
import type { DiscriminatorCondition } from './condition.js';

/** A condition on its way into a network. */
export interface ConditionEntry {
  /** `[B, C]`: the model's second input. */
  readonly input: SymbolicTensor;
  /** Starts the names of layers. */
  readonly name: string;
  readonly config: DiscriminatorCondition;
  /** A stream of its own, so that a condition leaves the other weights as they are. */
  readonly rng: Rng;
  /** The network's, which dense layers of the condition share. */
  readonly normalization: StackConfig['normalization'];
}

/** Opens the second input of the network `name`, if it has a condition. */
export function openCondition(
  name: string,
  config: DiscriminatorCondition | undefined,
  { rng, normalization = 'none' }: Pick<StackConfig, 'rng'> & Partial<Pick<StackConfig, 'normalization'>>,
): ConditionEntry | undefined {
  if (!config) return undefined;
  const entry = `${name}_condition`;
  const opened = input({ shape: [config.size], name: entry });
  return { input: opened, name: entry, config, rng: rng.stream('condition'), normalization };
}

/** `[B, D]` to `[B, D + C]`, or `[B, D + E]` with the condition embedded. */
export function joinVector(x: SymbolicTensor, condition: ConditionEntry): SymbolicTensor {
  const { size, join, embeddingSize = Math.min(size, 50) } = condition.config;
  const vector = join === 'embedding' ? linearOf(condition, embeddingSize, 'embedding') : condition.input;
  return concat(x, vector, condition.name);
}

/** `[B, H, W, D]` to `[B, H, W, D + C]`, each new channel one number, or `[B, H, W, D + E]` with maps of the condition. */
export function joinMaps(x: SymbolicTensor, condition: ConditionEntry): SymbolicTensor {
  const [height, width] = x.shape.slice(1) as [number, number, number];
  const { size, join, embeddingSize = 1 } = condition.config;
  if (join === 'embedding') {
    const flat = linearOf(condition, height * width * embeddingSize, 'embedding');
    return concat(x, reshape(flat, [height, width, embeddingSize], condition), condition.name);
  }
  const repeat = layers.repeatVector({ n: height * width, name: `${condition.name}_repeat` });
  const spread = repeat.apply(condition.input) as SymbolicTensor;
  return concat(x, reshape(spread, [height, width, size], condition), condition.name);
}

/** `[B, 1]`: the logit `[B, 1]` plus the inner product of the features `[B, D]` with a linear map of the condition. */
export function addProjection(
  logit: SymbolicTensor,
  features: SymbolicTensor,
  condition: ConditionEntry,
): SymbolicTensor {
  const direction = linearOf(condition, features.shape[1]!, 'projection');
  const fit = layers.dot({ axes: 1, name: `${condition.name}_fit` }).apply([direction, features]);
  return layers.add({ name: `${condition.name}_logit` }).apply([logit, fit as SymbolicTensor]) as SymbolicTensor;
}

function linearOf({ input, name, rng, normalization }: ConditionEntry, units: number, what: string): SymbolicTensor {
  const config = { units, name: `${name}_${what}`, useBias: false, kernelInitializer: seededKernel(rng) };
  return normalizedMap(layers.dense(config), { normalization }).apply(input) as SymbolicTensor;
}

function reshape(x: SymbolicTensor, targetShape: number[], { name }: ConditionEntry): SymbolicTensor {
  return layers.reshape({ targetShape, name: `${name}_maps` }).apply(x) as SymbolicTensor;
}

function concat(x: SymbolicTensor, joined: SymbolicTensor, name: string): SymbolicTensor {
  return layers.concatenate({ axis: -1, name: `${name}_join` }).apply([x, joined]) as SymbolicTensor;
}
