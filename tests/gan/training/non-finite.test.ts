import '../../support/backends.js';
import {
  add,
  customGrad,
  dispose,
  memory,
  mul,
  type Optimizer,
  ones,
  type Scalar,
  type Tensor,
  zeros,
} from '@tensorflow/tfjs-core';
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import {
  type AdversarialLoss,
  adam,
  buildDiscriminator,
  buildGenerator,
  type GanRules,
  ganDoctor,
  generatorAverage,
  memoryStore,
  NonFiniteLossError,
  nonSaturatingLoss,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';
import { smallPair, smallRun, weightsOf } from '../../support/gan-pair.js';

type Side = 'generator' | 'discriminator';
type Fault = (loss: Scalar) => Scalar;

const nan: Fault = (loss) => mul(loss, Number.NaN);
// The value of the loss, and infinity for its gradient.
const steep: Fault = (loss) =>
  add(
    loss,
    customGrad((x) => ({ value: mul(x as Tensor, 0), gradFunc: (dy: Tensor) => mul(dy, Number.POSITIVE_INFINITY) }))(
      loss,
    ),
  );

/** The non-saturating loss, with a fault at some of its calls, counted from 1: a side is called once a step. */
function faulty(fault: Fault, sides: readonly Side[], at: (call: number) => boolean): AdversarialLoss {
  const sound = nonSaturatingLoss();
  const calls = { generator: 0, discriminator: 0 };
  const spoil = (side: Side, value: Scalar) => {
    calls[side] += 1;
    return sides.includes(side) && at(calls[side]) ? fault(value) : value;
  };
  return {
    ...sound,
    discriminator: (real, fake) => spoil('discriminator', sound.discriminator(real, fake)),
    generator: (fake, real) => spoil('generator', sound.generator(fake, real)),
  };
}

// The same loss, which asks for the same passes as the one with faults.
const faultless = () => faulty(nan, [], () => false);

/** Adam that sits out one of its updates, counted from 1. */
function sittingOut(call: number): Optimizer {
  const optimizer = adam({ learningRate: 2e-4, beta1: 0.5 });
  const apply = optimizer.applyGradients.bind(optimizer);
  let calls = 0;
  optimizer.applyGradients = (gradients) => {
    calls += 1;
    if (calls !== call) apply(gradients);
  };
  return optimizer;
}

/** A pair with an average, all of its weights, and dropout, but no batch statistics unless they are asked for. */
function watched(normalization: 'batch' | 'none' = 'batch') {
  const own = { generator: buildGenerator({ latentSize: 3, hidden: [8], outputShape: [4], seed: 1 }) };
  const pair = { ...smallPair(), ...(normalization === 'none' && own) };
  const average = generatorAverage(pair.generator, { decay: 0.9 });
  const weights = async () =>
    (await Promise.all([pair.generator, pair.discriminator, average.model].map(weightsOf))).flat();
  return { pair: { ...pair, average }, weights };
}

async function run(change: GanRules & { readonly steps?: number }, normalization?: 'batch' | 'none') {
  const { pair, weights } = watched(normalization);
  const { history } = await trainGan(smallRun({ ...pair, ...change }));
  return {
    weights: await weights(),
    updates: pair.average.updates,
    entries: history.flatMap((each) => each.nonFinite ?? []),
  };
}

describe.each(backends)('skipping on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test.each([
    ['generator', 'a loss that is NaN', nan],
    ['discriminator', 'a loss that is NaN', nan],
    ['generator', 'gradients alone that are infinite', steep],
    ['discriminator', 'gradients alone that are infinite', steep],
  ] as const)('leaves the update of the %s out for %s, as if its optimizer had sat it out', async (side, _, fault) => {
    const loss = faulty(fault, [side], (call) => call === 3);
    const reported = await run({ loss, steps: 6, onNonFinite: 'skip', reportEvery: 4 }, 'none');
    const optimizer = { [`${side}Optimizer`]: sittingOut(3) };
    const reference = await run({ loss: faultless(), ...optimizer, steps: 6 }, 'none');
    // The first weights are those of both networks: the reference's average is moved by the update that was none.
    expect(reported.weights.slice(0, 8)).toEqual(reference.weights.slice(0, 8));
    expect(reported.updates).toBe(side === 'generator' ? 5 : 6);
    const what = fault === nan ? 'loss' : 'gradients';
    expect(reported.entries).toEqual([{ step: 3, network: side, what, layer: expect.any(String), action: 'skip' }]);
  });

  test.each([nan, steep])('of the last step leaves all as it was: weights, statistics, average', async (fault) => {
    const loss = faulty(fault, ['generator', 'discriminator'], (call) => call === 4);
    const reported = await run({ loss, steps: 4, onNonFinite: 'skip' });
    const reference = await run({ loss: faultless(), steps: 3 });
    expect(reported.weights).toEqual(reference.weights);
    expect(reported.updates).toBe(3);
    expect(reported.entries.map(({ network, step }) => `${network} ${step}`)).toEqual([
      'discriminator 4',
      'generator 4',
    ]);
  });

  test('leaves nothing behind', async () => {
    const { pair } = watched();
    const before = memory().numTensors;
    const loss = faulty(nan, ['generator', 'discriminator'], (call) => call % 2 === 0);
    await trainGan(smallRun({ ...pair, loss, steps: 5, onNonFinite: 'skip', accumulate: 2 }));
    expect(memory().numTensors).toBe(before);
  });

  test('without a fault trains to the bits of a run that throws', async () => {
    const bounds = { weightClipping: 0.3, gradientClipping: { norm: 1 }, discriminatorSteps: 2, generatorSteps: 2 };
    const one = await run({ ...bounds, onNonFinite: 'skip' });
    expect(one.weights).toEqual((await run(bounds)).weights);
    expect(one.entries).toEqual([]);
  });
});

describe.each(backends)('going back on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('returns to exactly the copy, which the first step finds, and leaves nothing behind', async () => {
    const { pair, weights } = watched();
    const before = await weights();
    const tensors = memory().numTensors;
    const loss = faulty(nan, ['generator'], (call) => call === 3);
    const { history } = await trainGan(smallRun({ ...pair, loss, steps: 3, onNonFinite: 'rollback' }));
    expect(await weights()).toEqual(before);
    expect(pair.average.updates).toBe(0);
    expect(memory().numTensors).toBe(tensors);
    const entry = { step: 3, network: 'generator', what: 'loss', layer: pair.generator.layers[1]!.name };
    expect(history.map(({ nonFinite }) => nonFinite)).toEqual([
      undefined,
      undefined,
      [{ ...entry, action: 'rollback', backTo: 0 }],
    ]);
  });

  test('goes on from a copy of the hundredth step with other noise, and the moments of that step', async () => {
    const loss = faulty(nan, ['discriminator'], (call) => call === 102);
    const { weights, entries } = await run({ loss, steps: 102, reportEvery: 17, onNonFinite: 'rollback' });
    const reference = await run({ loss: faultless(), steps: 100, reportEvery: 50 });
    expect(weights).toEqual(reference.weights);
    expect(entries.map(({ step, backTo }) => [step, backTo])).toEqual([[102, 100]]);
  });

  test('finds what the last update broke, which no loss shows', async () => {
    const loss = faulty(steep, ['generator'], (call) => call === 4);
    const { pair, weights } = watched();
    const before = await weights();
    const { history } = await trainGan(smallRun({ ...pair, loss, steps: 4, onNonFinite: 'rollback' }));
    expect(await weights()).toEqual(before);
    expect(history.at(-1)!.nonFinite).toMatchObject([{ step: 4, network: 'generator', what: 'weights', backTo: 0 }]);
  });
});

test('what is found at the end of data of unknown length is told in a report of its own', async () => {
  await useBackend('cpu');
  const { pair, weights } = watched();
  const before = await weights();
  const batches = [ones([8, 4]), zeros([8, 4])];
  const loss = faulty(steep, ['generator'], (call) => call === 2);
  const { steps: _, batchSize: __, ...rest } = smallRun({ ...pair, loss, onNonFinite: 'rollback' });
  const { history } = await trainGan({ ...rest, data: new Set(batches), epochs: 1 });
  dispose(batches);
  expect(await weights()).toEqual(before);
  expect(history.at(-1)).toMatchObject({ step: 2, nonFinite: [{ step: 2, what: 'weights', backTo: 0 }] });
});

/** Hands its input on, and has a statistic that is NaN from one of its training calls on. */
class Tracker extends layers.Layer {
  static className = 'TestTracker';
  private calls = 0;
  constructor(private readonly breaksAt: number) {
    super({ name: 'tracker' });
  }
  override build() {
    this.addWeight('seen', [1], 'float32', initializers.zeros(), undefined, false);
    this.built = true;
  }
  override computeOutputShape(shape: never) {
    return shape;
  }
  override call(inputs: Tensor | Tensor[], { training }: { training?: boolean }) {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs;
    if (training) {
      this.calls += 1;
      const seen = this.weights[0]!;
      seen.write(mul(add(seen.read(), 1), this.calls === this.breaksAt ? Number.NaN : 1));
    }
    return mul(input, 1);
  }
}

describe('batch statistics', () => {
  beforeEach(() => useBackend('cpu'));

  test('that are not finite make an update that is left out', async () => {
    // The generator is called twice a step: for the discriminator, where statistics stay, and in its own update.
    const build = (breaksAt: number): LayersModel =>
      sequential({ layers: [layers.dense({ units: 4, inputShape: [3], name: 'first' }), new Tracker(breaksAt)] });
    const broken = build(6);
    const before = await weightsOf(broken);
    const discriminator = buildDiscriminator({ inputShape: [4], hidden: [8], seed: 1 });
    const options = { generator: broken, discriminator, steps: 4, onNonFinite: 'skip' as const };
    const { history } = await trainGan(smallRun(options));
    const entry = { step: 3, network: 'generator', what: 'weights', layer: 'tracker', action: 'skip' };
    expect(history.flatMap(({ nonFinite }) => nonFinite ?? [])).toEqual([entry]);
    // Three of its four updates moved it, by one each.
    const after = await weightsOf(broken);
    expect(after.at(-1)![0]).toBeCloseTo(before.at(-1)![0]! + 3, 5);
  });
});

describe('limits', () => {
  beforeEach(() => useBackend('cpu'));

  test('the 101st update in a row to be left out throws, by the name of its network', async () => {
    const loss = faulty(nan, ['generator'], () => true);
    const error = await trainGan(smallRun({ loss, steps: 200, onNonFinite: 'skip' })).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(NonFiniteLossError);
    expect([error.network, error.step, error.what]).toEqual(['generator', 101, 'loss']);
    expect(error.message).toMatch(/^trainGan: the loss of the generator must .* at step 101, first in layer '/);
  });

  test('the eleventh return to a copy throws, and weights are finite', async () => {
    const { pair, weights } = watched();
    const loss = faulty(nan, ['generator'], () => true);
    const error = await trainGan(smallRun({ ...pair, loss, steps: 50, onNonFinite: 'rollback' })).catch(
      (thrown) => thrown,
    );
    expect([error.network, error.step]).toEqual(['generator', 11]);
    for (const values of await weights()) for (const value of values) expect(Number.isFinite(value)).toBe(true);
  });

  test('weights that finite gradients broke are not to be skipped', async () => {
    const optimizers = { generatorOptimizer: adam({ learningRate: 3e38 }) };
    const error = await trainGan(smallRun({ ...optimizers, steps: 2, onNonFinite: 'skip' })).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(NonFiniteLossError);
  });

  test('words that are no action are refused', async () => {
    await expect(trainGan(smallRun({ onNonFinite: 'ignore' as never }))).rejects.toThrow(
      "trainGan: `onNonFinite` must be one of 'throw', 'skip', 'rollback', received",
    );
  });
});

describe('a run with faults', () => {
  beforeEach(() => useBackend('cpu'));
  const often = () => faulty(nan, ['generator', 'discriminator'], (call) => call % 3 === 0);

  test.each(['skip', 'rollback'] as const)(
    'that is aborted ends with its reason and leaves nothing (%s)',
    async (onNonFinite) => {
      const { pair, weights } = watched();
      const before = memory().numTensors;
      const controller = new AbortController();
      const stop = ({ step }: { readonly step: number }) => {
        if (step === 3) controller.abort(new Error('enough'));
      };
      const options = { ...pair, loss: often(), steps: 9, onNonFinite, signal: controller.signal };
      await expect(trainGan({ ...smallRun(options), onProgress: stop })).rejects.toThrow('enough');
      expect(memory().numTensors).toBe(before);
      for (const values of await weights()) for (const value of values) expect(Number.isFinite(value)).toBe(true);
    },
  );

  test.each(['skip', 'rollback'] as const)('goes on from a checkpoint to the last bit (%s)', async (onNonFinite) => {
    // By the noise that it sees, so that a run that goes on meets the same faults.
    const whole = await run({ loss: byCall(0), steps: 9, onNonFinite });
    const store = memoryStore();
    await run({ loss: byCall(0), steps: 5, onNonFinite, checkpoint: { store } });
    const rest = await run({ loss: byCall(5), steps: 9, onNonFinite, checkpoint: { store }, resume: store });
    expect(rest.weights).toEqual(whole.weights);
    expect(rest.entries).toEqual(whole.entries);
    expect(whole.entries.length).toBeGreaterThan(0);
  });

  test('may go on under another rule, if that is allowed', async () => {
    const store = memoryStore();
    await run({ loss: faultless(), steps: 3, checkpoint: { store } });
    const resume = { store, allow: ['onNonFinite'] };
    const { entries } = await run({ loss: byCall(3), steps: 7, onNonFinite: 'rollback', resume });
    expect(entries.map(({ step, backTo }) => [step, backTo])).toEqual([
      [4, 3],
      [7, 3],
    ]);
  });

  test('is told by the doctor', async () => {
    const loss = faulty(nan, ['generator'], (call) => call === 3);
    const observers = [ganDoctor({ stop: true })];
    const { history, stopped } = await trainGan(smallRun({ loss, steps: 9, onNonFinite: 'skip', observers }));
    expect(history.at(-1)!.findings![0]).toMatchObject({ verdict: 'numbers-not-finite' });
    expect(stopped).toMatch(/^ganDoctor: numbers-not-finite: the loss of the generator at step 3/);
  });
});

/** Faults of the generator at steps 4, 7, …, in a run that has done some. */
function byCall(done: number): AdversarialLoss {
  return faulty(nan, ['generator'], (call) => (done + call) % 3 === 1 && done + call > 1);
}
