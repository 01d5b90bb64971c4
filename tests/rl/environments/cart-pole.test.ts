import { cartPoleEnvironment, type Environment } from 'minimart';
import { describe, expect, test } from 'vitest';

/** Accelerations of cart and pole from the equations of motion, as a linear system of two unknowns. */
function accelerations([, , angle, turning]: ArrayLike<number> & number[], force: number): [number, number] {
  const [m, total, l, g] = [0.1, 1.1, 0.5, 9.8];
  // total x'' + m l cos(a) a'' = force + m l a'² sin(a);   cos(a) x'' + 4/3 l a'' = g sin(a)
  const [a, b, c, d] = [total, m * l * Math.cos(angle), Math.cos(angle), (4 / 3) * l];
  const [e, f] = [force + m * l * turning ** 2 * Math.sin(angle), g * Math.sin(angle)];
  const determinant = a * d - b * c;
  return [(e * d - b * f) / determinant, (a * f - e * c) / determinant];
}

/** Balances for as long as it is let. */
const steady = ([position, speed, angle, turning]: Float32Array & number[]) =>
  0.1 * position + 0.3 * speed + 3 * angle + turning > 0 ? 1 : 0;

function play(environment: Environment, act: (observation: Float32Array & number[]) => number, seed: number) {
  let { observation } = environment.reset({ seed });
  for (let steps = 1; ; steps += 1) {
    const result = environment.step(act(observation as Float32Array & number[]));
    ({ observation } = result);
    expect(result.reward).toBe(1);
    if (result.terminated || result.truncated) return { steps, ...result };
  }
}

describe('cartPoleEnvironment', () => {
  test.each([0, 1])('moves by Euler steps of 0.02 s under the force of action %d', (action) => {
    const environment = cartPoleEnvironment();
    let before = [...environment.reset({ seed: 3 }).observation] as Float32Array & number[];
    for (let step = 0; step < 5; step += 1) {
      const [x, a] = accelerations(before, action === 1 ? 10 : -10);
      const expected = [
        before[0]! + 0.02 * before[1]!,
        before[1]! + 0.02 * x,
        before[2]! + 0.02 * before[3]!,
        before[3]! + 0.02 * a,
      ];
      const { observation } = environment.step(action);
      expected.forEach((value, index) => {
        expect(observation[index]).toBeCloseTo(value, 5);
      });
      before = [...observation] as Float32Array & number[];
    }
  });

  test('starts within 0.05 of rest, again for the same seed and elsewhere for another', () => {
    const environment = cartPoleEnvironment();
    const start = environment.reset({ seed: 1 }).observation;
    for (const value of start) expect(Math.abs(value)).toBeLessThan(0.05);
    environment.step(0);
    expect(environment.reset({ seed: 1 }).observation).toEqual(start);
    expect(environment.reset().observation).not.toEqual(start);
  });

  test('terminates when the pole is more than 12 degrees from upright, or the cart 2.4 from the middle', () => {
    const { terminated, truncated, observation, steps } = play(cartPoleEnvironment(), () => 1, 2);
    expect([terminated, truncated]).toEqual([true, false]);
    expect(Math.abs(observation[2]!)).toBeGreaterThan((12 * Math.PI) / 180);
    // A random start under a constant push lasts 8 to 11 steps.
    expect(steps).toBeLessThan(12);
    // Holds the pole at a lean of two degrees: the cart runs off under it.
    const off = play(cartPoleEnvironment(), ([, , angle, turning]) => (angle - 0.035 + 0.3 * turning > 0 ? 1 : 0), 2);
    expect(Math.abs(off.observation[2]!)).toBeLessThan((12 * Math.PI) / 180);
    expect(Math.abs(off.observation[0]!)).toBeGreaterThan(2.4);
    expect(off.terminated).toBe(true);
  });

  test('truncates after 500 steps, and does not terminate then', () => {
    const { steps, terminated, truncated } = play(cartPoleEnvironment(), steady, 5);
    expect([steps, terminated, truncated]).toEqual([500, false, true]);
  });

  test('refuses actions that it does not have, and steps after the end', () => {
    const environment = cartPoleEnvironment();
    expect(() => environment.step(0)).toThrow('call reset()');
    environment.reset();
    expect(() => environment.step(2)).toThrow('step: `action` must be 0 or 1, received 2 (number).');
    play(environment, () => 0, 1);
    expect(() => environment.step(0)).toThrow('call reset()');
  });
});
