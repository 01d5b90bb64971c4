import {
  add,
  getBackend,
  getKernel,
  Optimizer,
  type serialization,
  type Tensor,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireBetween, requirePositive } from '../../internal/require.js';
import { type AdamFactors, adamFactors } from '../../kernels/adam-factors.js';
import { adamChange, adamKernel, adamWithKernel } from './adam-update.js';
import { createMomentStore, flat, pieces } from './moment-store.js';
import { type Gradients, type Update, updatesOf } from './updates.js';

/** Config of {@link adam}. */
export interface AdamConfig {
  /** Step size, above 0. */
  readonly learningRate: number;
  /** Share of the mean of gradients that each step keeps, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Share of the mean of squared gradients that each step keeps, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the mean square, above 0. Default 1e-7, on every backend. */
  readonly epsilon?: number;
}

/** A tensor by name, as in the state of tfjs optimizers. */
interface OptimizerTensor {
  /** Name of a variable, or of one and a moment of it. */
  readonly name: string;
  /** Its numbers. */
  readonly tensor: Tensor;
}

/** What {@link adam} makes. */
export class Adam extends Optimizer {
  /** Name in saved configs. */
  static className = 'MinimartAdam';
  /** Step size of the next step: change it for a schedule. */
  learningRate: number;
  /** Share of the mean of gradients that each step keeps. */
  readonly beta1: number;
  /** Share of the mean of squared gradients that each step keeps. */
  readonly beta2: number;
  /** Added to the root of the mean square. */
  readonly epsilon: number;
  private readonly moments = createMomentStore();

  constructor(config: AdamConfig) {
    super();
    requireOptions('Adam', config ?? {}, configNames(), 'config');
    const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = config;
    requirePositive('Adam', 'learningRate', learningRate);
    requireBetween('Adam', 'beta1', beta1, 0, 1);
    requireBetween('Adam', 'beta2', beta2, 0, 1);
    requirePositive('Adam', 'epsilon', epsilon);
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  /**
   * Moves variables one step against their gradients.
   *
   * @param gradients - By the names of variables, or as a list; null leaves a variable as it is. The caller keeps them.
   */
  override applyGradients(gradients: Gradients): void {
    const updates = updatesOf(gradients);
    this.moments.admit(updates);
    const given = updates.filter((each) => each.gradient);
    const factors = adamFactors(this, this.iterations + 1);
    if (getKernel(adamKernel, getBackend())) {
      for (const each of given) adamWithKernel(each.value, this.moments.apart(each), each.gradient!, factors);
    } else {
      this.applyByOperations(given, factors);
    }
    this.incrementIterations();
  }

  /**
   * The state: the number of steps taken, then every first moment, then every second one.
   *
   * @returns The optimizer's own tensors, to be read before the next step; only `iter` is the caller's to dispose.
   */
  override async getWeights(): Promise<OptimizerTensor[]> {
    const moments = this.moments.list();
    return [
      await this.saveIterations(),
      ...moments.map(({ name, first }) => ({ name: `${name}/m`, tensor: first })),
      ...moments.map(({ name, second }) => ({ name: `${name}/v`, tensor: second })),
    ];
  }

  /**
   * Takes over a state from `getWeights` or from `train.adam` of tfjs. Training goes on with the same bits. As
   * in tfjs, the moments go to variables by position: the first to the first variable that is updated next.
   *
   * @param weights - The state; the caller keeps the tensors.
   * @throws RangeError in the next step, when a shape does not fit.
   */
  override async setWeights(weights: OptimizerTensor[]): Promise<void> {
    const tensors = await this.extractIterations([...weights]);
    const count = tensors.length / 2;
    if (!Number.isInteger(count)) refuse('Adam.setWeights', 'weights', 'hold two moments for each variable', count);
    const copy = (each: OptimizerTensor) => tidy(() => variable(each.tensor.clone(), false));
    this.moments.load(
      tensors.slice(0, count).map((each, index) => ({
        name: each.name.replace(/\/m$/, ''),
        first: copy(each),
        second: copy(tensors[count + index]!),
      })),
    );
  }

  /** Refuses a state just taken over that is not one of these variables, in the order of their updates. */
  requireFitting(variables: readonly Variable[]): void {
    this.moments.requireFitting(variables);
  }

  /** Step size and factors. */
  override getConfig(): serialization.ConfigDict {
    const { learningRate, beta1, beta2, epsilon } = this;
    return { learningRate, beta1, beta2, epsilon };
  }

  /** Frees the moments and forgets the steps taken: the optimizer is as new. */
  override dispose(): void {
    this.moments.load([]);
    this.iterations_ = 0;
  }

  private applyByOperations(updates: readonly Update[], factors: AdamFactors): void {
    // Together they save calls; beyond this size the numbers cost more than the calls, and copies would cost more still.
    const small = updates.filter(({ value }) => value.size <= 65_536);
    const apart = small.length > 1 ? updates.filter((each) => !small.includes(each)) : updates;
    tidy(() => {
      for (const each of apart) {
        each.value.assign(add(each.value, adamChange(this.moments.apart(each), each.gradient!, factors)));
      }
      if (small.length < 2) return;
      const gradients = flat(small.map(({ gradient }) => gradient!));
      pieces(adamChange(this.moments.together(small), gradients, factors), small).forEach((piece, index) => {
        const { value } = small[index]!;
        value.assign(add(value, piece));
      });
    });
  }
}

/**
 * Adam, by the formula of tfjs's `train.adam`, in fewer kernels and with a state that resumes exactly.
 *
 *     m = beta1 * m + (1 - beta1) * gradient
 *     v = beta2 * v + (1 - beta2) * gradient^2
 *     value = value - learningRate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
 *
 * On a backend with a kernel for it, such as wasm or webgpu after `prepareBackend()`, a variable costs one kernel:
 * `getKernel('MinimartAdam', getBackend())` of tfjs says whether there is one. Elsewhere the
 * moments of all variables of up to 65,536 numbers stand in one vector: together they cost 12 kernels and two for each,
 * and a larger one costs 12, where tfjs's own needs 14 for each. It is accepted wherever a tfjs optimizer is.
 *
 * @param config - Step size and factors.
 * @returns An optimizer that is accepted wherever a tfjs optimizer is. The caller disposes it.
 * @throws RangeError when the step size or epsilon is not a positive number or a beta not in [0, 1).
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015)
 * @example
 * const optimizer = adam({ learningRate: 1e-4, beta1: 0.5 });
 * await trainGan({ ...options, generatorOptimizer: optimizer });
 * optimizer.learningRate; // 0.0001
 */
export function adam(config: AdamConfig): Optimizer & {
  /** Step size of the next step: change it for a schedule of your own. */
  learningRate: number;
} {
  requireOptions('adam', config ?? {}, configNames(), 'config');
  return new Adam(config);
}

function configNames(): OptionNames<AdamConfig> {
  return { learningRate: true, beta1: true, beta2: true, epsilon: true };
}
