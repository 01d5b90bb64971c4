import { expect, test } from 'vitest';
import { reserve } from '../../src/internal/reserve.js';

test('a thing is taken once, named, and free again when it was given back', () => {
  const model = Object.freeze({});
  const release = reserve('trainGan', { generator: model, average: undefined });
  expect(() => reserve('ganSteps', { discriminator: model })).toThrow(
    /^ganSteps: `discriminator` must be free: .*, received 'trainGan' \(string\)\.$/,
  );
  release();
  reserve('ganSteps', { discriminator: model })();
});

test('one thing may have two parts in one run, and nothing is taken where one part is not free', () => {
  const [agent, other] = [{}, {}];
  const release = reserve('trainDqn', { environment: agent, evaluation: agent });
  expect(() => reserve('f', { other, agent })).toThrow('`agent` must be free');
  reserve('f', { other })();
  release();
  reserve('f', { other, agent })();
});
