import '@tensorflow/tfjs-backend-cpu';
import { adam, buildDiscriminator, buildGenerator, trainGan, useBackend } from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { makeUseTraining, type Train, type TrainingState } from '../../examples/use-training.js';

beforeAll(async () => {
  await useBackend('cpu');
});

const values = Float32Array.from({ length: 64 }, (_, place) => Math.sin(place));
const run = (steps: number, onStep?: (step: number) => void): Train<{ readonly steps: number }> => {
  return ({ signal, onProgress }) =>
    trainGan({
      generator: buildGenerator({ latentSize: 2, hidden: [4], outputShape: [2], seed: 1 }),
      discriminator: buildDiscriminator({ inputShape: [2], hidden: [4], seed: 2 }),
      ...{ data: { values, shape: [32, 2] }, batchSize: 8, steps, seed: 7, signal },
      generatorOptimizer: adam({ learningRate: 1e-3 }),
      onProgress: async (progress) => {
        onStep?.(progress.step);
        await onProgress(progress);
      },
    });
};

/** As React does it: effects run after a render, again where what they depend on is another, behind the cleanup of the last one. */
function mount() {
  let state: unknown;
  let isSet = false;
  let clean: (() => void) | undefined;
  let last: readonly unknown[] | undefined;
  const seen: unknown[] = [];
  const useTraining = makeUseTraining({
    useState<T>(first: T): [T, (next: T) => void] {
      if (!isSet) state = first;
      isSet = true;
      return [
        state as T,
        (next) => {
          state = next;
          seen.push(next);
        },
      ];
    },
    useEffect(effect, dependencies) {
      if (last?.every((each, place) => each === dependencies[place])) return;
      clean?.();
      last = dependencies;
      clean = effect();
    },
  });
  return { useTraining, seen: seen as TrainingState<{ readonly steps: number }>[], unmount: () => clean?.() };
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let wait = 0; wait < 2000 && !isTrue(); wait += 1) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a component sees every report and the result, and renders do not begin anew', async () => {
  const { useTraining, seen } = mount();
  const train = run(3);
  expect(useTraining(train)).toEqual({ kind: 'running', step: 0, totalSteps: 0 });
  useTraining(train);
  await until(() => seen.at(-1)?.kind !== 'running');
  expect(seen.map((each) => (each.kind === 'running' ? each.step : each.kind))).toEqual([0, 1, 2, 3, 'done']);
  expect(useTraining(train)).toMatchObject({ kind: 'done', result: { steps: 3 } });
});

test('a component that goes stops its run, and nothing is set any more', async () => {
  const { useTraining, seen, unmount } = mount();
  let steps = 0;
  useTraining(
    run(100_000, (step) => {
      steps = step;
    }),
  );
  await until(() => steps >= 2);
  unmount();
  const [sets, stopped] = [seen.length, steps];
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(seen.length).toBe(sets);
  expect(steps).toBeLessThanOrEqual(stopped + 1);
});

test('another run takes the place of the first, and what is refused is shown', async () => {
  const { useTraining, seen } = mount();
  useTraining(run(100_000));
  useTraining(run(-1));
  await until(() => seen.at(-1)?.kind === 'failed');
  const failed = seen.at(-1);
  expect(failed?.kind === 'failed' && String(failed.error)).toContain('trainGan: `steps` must be');
});
