import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { repeatCode } from '../../../examples/playground/src/images/repeat-code.js';
import { type RunSettings, runName } from '../../../examples/playground/src/images/settings.js';

const usual: RunSettings = {
  backend: 'auto',
  pictures: 'garments',
  start: 'nothing',
  rate: 0.00375,
  penalty: 0.625,
  seed: 4711,
  steps: 1234,
};

const kinds = (['garments', 'three', 'own'] as const).flatMap((pictures) =>
  (['sketch', 'nothing'] as const).flatMap((start) =>
    [0, 0.625].map((penalty) => ({ ...usual, pictures, start, penalty })),
  ),
);

test.each(kinds)('the code for %j is a module, with the settings in it', async (settings) => {
  const code = repeatCode(settings);
  await expect(transform(code, { loader: 'js', format: 'esm' })).resolves.toBeDefined();
  expect(code).toContain('learningRate: 0.00375');
  expect(code).toContain('  steps: 1234,');
  expect(code).toContain('  seed: 4711,');
  expect(code.includes('r1Penalty({ weight: 0.625')).toBe(settings.penalty > 0);
  expect(code).not.toMatch(/undefined|NaN|\[object/);
});

test.each(kinds)('the code for %j imports each name that it takes from a file', (settings) => {
  const code = repeatCode(settings);
  for (const name of ['readGan', 'readIdx', 'readFile']) {
    const times = code.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
    // Imported and used, or neither.
    expect([0, 2]).toContain(times);
  }
});

test('own pictures never begin from networks that learnt garments', () => {
  const code = repeatCode({ ...usual, pictures: 'own', start: 'sketch' });
  expect(code).not.toContain('start.safetensors');
  expect(code).toContain('buildGenerator({');
});

test('a run has another name when anything of it is other', () => {
  const others: Partial<RunSettings>[] = [
    { pictures: 'three' },
    { start: 'sketch' },
    { rate: 0.1 },
    { penalty: 1 },
    { seed: 1 },
  ];
  const names = [usual, ...others.map((other) => ({ ...usual, ...other }))].map((each) => runName(each, 'wasm', ''));
  names.push(runName(usual, 'webgl', ''), runName(usual, 'wasm', 'mine'));
  expect(new Set(names).size).toBe(8);
  // More steps go on with the same run.
  expect(runName({ ...usual, steps: 5 }, 'wasm', '')).toBe(runName(usual, 'wasm', ''));
});
