import type { LayersModel } from '@tensorflow/tfjs-layers';
import { trainableVariables } from '../../../nn/models/model-variables.js';
import type { Examination, UpdateNumbers } from './examination.js';

/** Measures how far training moves the weights of both networks from one report to the next. */
export interface UpdateMeter {
  /** Whether the first reports are measured, where too long a step shows at once. */
  readonly isSure: boolean;
  /** To be called at every report: measures if a measurement was begun at the one before. */
  look(step: number, networks: Networks): Promise<void>;
  /** Begins another measurement after those of the first reports. */
  begin(step: number, networks: Networks): Promise<void>;
  /** What was measured so far. */
  numbers(): Examination['updates'];
  state(): UpdateMeterState;
  restore(state: UpdateMeterState): void;
}

/** What was measured, and the weights that the next measurement begins with. */
export interface UpdateMeterState {
  readonly measured: readonly UpdateNumbers[];
  readonly before?: Weights;
}

interface Networks {
  readonly discriminator: LayersModel;
  readonly generator: LayersModel;
}

interface Weights {
  readonly step: number;
  readonly discriminator: readonly Float32Array[];
  readonly generator: readonly Float32Array[];
}

const window = 10;

/** Makes the meter. It holds a copy of the weights on the host while it measures. */
export function createUpdateMeter(): UpdateMeter {
  const measured: UpdateNumbers[] = [];
  let before: Weights | undefined;
  return {
    get isSure() {
      return measured.length >= window;
    },
    look: async (step, networks) => {
      if (!before && measured.length >= window) return;
      const now = await readWeights(step, networks);
      if (before) measured.push(change(before, now));
      before = measured.length < window ? now : undefined;
    },
    begin: async (step, networks) => {
      before ??= await readWeights(step, networks);
    },
    state: () => ({ measured: [...measured], ...(before && { before }) }),
    restore: (saved) => {
      measured.splice(0, measured.length, ...saved.measured);
      before = saved.before;
    },
    numbers: () => ({ first: meanOf(measured.slice(0, window)), last: meanOf(measured.slice(-window)) }),
  };
}

async function readWeights(step: number, { discriminator, generator }: Networks): Promise<Weights> {
  return { step, discriminator: await valuesOf(discriminator), generator: await valuesOf(generator) };
}

// Copies: some backends hand out the very memory that the next update writes to.
function valuesOf(model: LayersModel): Promise<Float32Array[]> {
  return Promise.all(trainableVariables(model).map(async (each) => Float32Array.from(await each.data())));
}

function change(before: Weights, now: Weights): UpdateNumbers {
  const relative = (network: 'discriminator' | 'generator') =>
    norm(now[network], before[network]) / norm(before[network]) / (now.step - before.step);
  return { discriminator: relative('discriminator'), generator: relative('generator') };
}

function norm(weights: readonly Float32Array[], from?: readonly Float32Array[]): number {
  let total = 0;
  weights.forEach((values, part) => {
    const origin = from?.[part];
    for (let index = 0; index < values.length; index += 1) {
      total += (values[index]! - (origin ? origin[index]! : 0)) ** 2;
    }
  });
  return Math.sqrt(total);
}

function meanOf(numbers: readonly UpdateNumbers[]): UpdateNumbers {
  const mean = (network: keyof UpdateNumbers) => numbers.reduce((sum, each) => sum + each[network], 0) / numbers.length;
  return { discriminator: mean('discriminator'), generator: mean('generator') };
}
