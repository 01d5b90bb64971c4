import { concat, dispose, type Optimizer, reshape, Tensor, type Tensor1D, tidy, util } from '@tensorflow/tfjs-core';
import type { OpenBatch } from '../../../data/batch-source.js';
import { refuse, requireNonNegative } from '../../../internal/require.js';
import { reseedLayers } from '../../../nn/models/reseed-layers.js';
import { adam } from '../../../nn/optimizers/adam.js';
import { latentNoise } from '../../../random/latent-noise.js';
import type { Rng } from '../../../random/rng.js';
import type { Recovery } from '../../../training/recovery.js';
import type { LearningRateSchedule } from '../../../training/schedules/learning-rate-schedule.js';
import { nonSaturatingLoss } from '../../losses/non-saturating-loss.js';
import { fullShape } from '../options/condition-shape.js';
import type { Augmentation, GanOptions } from '../options/gan-options.js';
import type { PrivateGame } from '../private/private-game.js';
import { createPlayer } from './gan-player.js';
import { discriminatorStep, generatorStep, type Round, type Rules } from './gan-step.js';
import { createGates, type PlayerName } from './gates.js';
import { createLearningRates } from './learning-rates.js';
import { packSamples } from './pack-samples.js';

/** What one step measured, on the device. */
export interface Played {
  /**
   * For each discriminator update loss, mean D(x), mean D(G(z)) and its penalties, then the generator's last loss. The
   * caller disposes it.
   */
  readonly values: Tensor1D;
  /** The penalties of each discriminator update, by name. */
  readonly penalties: readonly (readonly string[])[];
}

/** Two networks with their optimizers, the loss and the noise: all that a step needs but the data. */
export interface Game {
  /** Every random stream that decides what comes next, by name. */
  readonly streams: ReadonlyMap<string, Rng>;
  /** Of the generator, then of the discriminator. */
  readonly optimizers: readonly [Optimizer, Optimizer];
  /** Discriminator updates so far, by which penalties that are not due at each are counted. */
  updates: number;
  /** One step: discriminator updates on all batches, then generator updates. */
  play(batches: readonly OpenBatch[], at: Parameters<LearningRateSchedule>[0], recovery: Recovery): Promise<Played>;
  /** Frees the optimizers that were made here, and gives others their learning rate back. */
  dispose(): void;
}

export function createGame(where: string, options: GanOptions, rng: Rng, privately?: PrivateGame): Game {
  const { discriminatorSteps = 1, generatorSteps = 1, accumulate = 1, penalties = [], schedule, average } = options;
  const { optimizers, free } = chooseOptimizers(options);
  const streams = new Map<string, Rng>();
  const streamOf = (name: string) => {
    const stream = rng.stream(name);
    streams.set(name, stream);
    return stream;
  };
  const rules = createRules(where, options, { optimizers, streamOf, isGated: options.onNonFinite === 'skip' });
  for (const [network, model] of Object.entries({
    generator: options.generator,
    discriminator: options.discriminator,
  })) {
    const own = reseedLayers(model, rng.stream('dropout').stream(network));
    for (const [place, stream] of own) streams.set(`dropout/${network}/${place}`, stream);
  }
  const rates = schedule && createLearningRates(where, optimizers);
  const counted = penalties.filter(({ weight }) => weight > 0);
  const roundsOf = createRounds(where, options, streamOf('noise'));
  const gates = createGates(where, rules);
  const expected = privately?.expected;
  const judgement = privately?.judgement(streamOf('privacy')) ?? discriminatorStep;
  const judge = (batches: readonly OpenBatch[], measured: Tensor[]) => {
    const due = counted.filter(({ every = 1 }) => game.updates % every === 0);
    game.updates += 1;
    measured.push(tidy(() => judgement(rules, roundsOf(batches), due)));
    return due.map(({ name }) => name);
  };
  const play = async (
    batches: readonly OpenBatch[],
    measured: Tensor[],
    pass: (network: PlayerName) => Promise<boolean>,
  ): Promise<string[][]> => {
    const names: string[][] = [];
    for (let index = 0; index < discriminatorSteps; index += 1) {
      names.push(judge(batches.slice(index * accumulate, (index + 1) * accumulate), measured));
      await pass('discriminator');
    }
    for (let index = 0; index < generatorSteps; index += 1) {
      const value = tidy(() => reshape(generatorStep(rules, roundsOf(batches.slice(-accumulate), expected)), [1]));
      // Of several the last is reported.
      if (index > 0) measured.pop()!.dispose();
      measured.push(value);
      if (await pass('generator')) average?.update();
    }
    return names;
  };
  const game: Game = {
    streams,
    optimizers,
    updates: 0,
    play: async (batches, at, recovery) => {
      if (schedule) rates?.scale(factorOf(where, schedule, at));
      const measured: Tensor[] = [];
      try {
        const pass = (network: PlayerName) => gates.pass(network, at.step + 1, recovery);
        const penalties = await play(batches, measured, pass);
        return { values: tidy(() => concat(measured)) as Tensor1D, penalties };
      } finally {
        dispose(measured);
        gates.close();
      }
    },
    dispose: () => {
      rates?.restore();
      free();
    },
  };
  return game;
}

function chooseOptimizers({ generatorOptimizer, discriminatorOptimizer }: GanOptions) {
  const made: Optimizer[] = [];
  const ownAdam = () => {
    const optimizer = adam({ learningRate: 2e-4, beta1: 0.5 });
    made.push(optimizer);
    return optimizer;
  };
  const optimizers = [generatorOptimizer ?? ownAdam(), discriminatorOptimizer ?? ownAdam()] as const;
  const free = () => {
    for (const each of made) each.dispose();
  };
  return { optimizers, free };
}

interface RulesParts {
  readonly optimizers: readonly [Optimizer, Optimizer];
  readonly streamOf: (name: string) => Rng;
  readonly isGated: boolean;
}

function createRules(where: string, options: GanOptions, { optimizers, streamOf, isGated }: RulesParts): Rules {
  const { generator, discriminator, loss = nonSaturatingLoss(), augmentation, packing = 1 } = options;
  const { gradientClipping, weightClipping } = options;
  const stream = streamOf('augmentation');
  return {
    where,
    generator: createPlayer(generator, optimizers[0], { gradientClipping, isGated }),
    discriminator: createPlayer(discriminator, optimizers[1], { gradientClipping, weightClipping, isGated }),
    loss,
    see: (samples) => packSamples(where, augmented(where, samples, augmentation, stream), packing),
    rng: streamOf('penalties'),
  };
}

function augmented(where: string, samples: Tensor, augmentation: Augmentation | undefined, stream: Rng): Tensor {
  if (!augmentation) return samples;
  const changed: unknown = augmentation.apply(samples, stream);
  const rule = `be changed into as many of one shape, [${samples.shape}], by \`augmentation\``;
  if (!(changed instanceof Tensor)) refuse(where, 'samples', rule, changed);
  if (!util.arraysEqual(changed.shape, samples.shape)) refuse(where, 'samples', rule, changed.shape);
  return changed;
}

function factorOf(where: string, schedule: LearningRateSchedule, at: Parameters<LearningRateSchedule>[0]): number {
  const factor: unknown = schedule(at);
  requireNonNegative(where, `schedule at step ${at.step}`, factor);
  return factor;
}

function createRounds(where: string, { generator }: GanOptions, stream: Rng) {
  const latentShape = fullShape(where, 'generator', 'input', generator.inputs[0]!.shape);
  return (batches: readonly OpenBatch[], count?: number): Round[] =>
    batches.map(({ samples, conditions }) => {
      return { real: samples, noise: latentNoise(stream, [count ?? samples.shape[0]!, ...latentShape]), conditions };
    });
}
