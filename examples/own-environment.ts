// Q-learning in an environment of one's own: npx tsx examples/own-environment.ts [STEPS]
//
// A stall sells ice cream from a box of 3: each day it opens a new box (-2) or not, and sells one for 1.5 on four days of five. When not
// to use it: where states and chances are known, as here, relativeValueIteration() finds the optimum; learning is for worlds
// that can only be tried.
import { createRng, type Environment, trainQTable } from 'minimart';

const steps = Number(process.argv[2] ?? 20_000);

function iceStall(seed: number): Environment {
  let rng = createRng(seed);
  let left = 3;
  const observation = () => Float32Array.of(left);
  return {
    name: 'ice stall',
    observationSpace: { kind: 'box', low: Float32Array.of(0), high: Float32Array.of(3) },
    actionSpace: { kind: 'discrete', size: 2 },
    reset(options = {}) {
      if (options.seed !== undefined) rng = createRng(options.seed);
      left = 3;
      return { observation: observation() };
    },
    step(action) {
      let reward = action === 1 ? -2 : 0;
      if (action === 1) left = 3;
      if (left > 0 && rng.uniform() < 0.8) {
        left -= 1;
        reward += 1.5;
      }
      return { observation: observation(), reward, terminated: false, truncated: false };
    },
  };
}

const { policy } = await trainQTable({ environment: iceStall(1), steps, seed: 7 });
for (const left of [0, 1, 2, 3]) {
  const action = await policy.act(Float32Array.of(left));
  console.log(`${left} left: ${action === 1 ? 'open a box' : 'wait'}`);
}
