import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { inspectPng, runExample, temporaryFolder } from './run-example.js';

test('the example of a folder of pictures draws a column for each label', async () => {
  const folder = temporaryFolder();
  const [pictures, out] = [join(folder, 'pictures'), join(folder, 'out')];
  mkdirSync(out);
  for (const [label, grey] of Object.entries({ boot: 30, hat: 120, shirt: 220 })) {
    mkdirSync(join(pictures, label), { recursive: true });
    for (const name of ['1', '2']) {
      const data = new Uint8Array(20 * 10 * 3).fill(grey);
      writeFileSync(join(pictures, label, `${name}.png`), encode({ width: 20, height: 10, channels: 3, data }));
    }
  }
  const { code, output } = await runExample('picture-folder.ts', [pictures, '2', out]);
  expect(code, output).toBe(0);
  expect(output).toContain('2/2 · loss discriminator');
  expect(output).toContain('a column for each of boot, hat, shirt');
  const { width, height } = inspectPng(join(out, 'samples.png'));
  // Three columns and eight rows of 32 pixels at scale 3 with gaps of 2.
  expect([width, height]).toEqual([3 * 96 + 2 * 2, 8 * 96 + 7 * 2]);
});

test('the example of own parts trains by its loss, penalty and layer', async () => {
  const { code, output } = await runExample('custom-loss.ts', ['5']);
  expect(code, output).toBe(0);
  expect(output).toMatch(/^drift \d\.\d{4}, mean \d+\.\d of data around 20$/m);
});

test('the example of an own environment learns to open a box when none is left', async () => {
  const { code, output } = await runExample('own-environment.ts', ['20000']);
  expect(code, output).toBe(0);
  // A box for 2 earns 4.5: to wait for ever earns nothing, and to open a full one gains nothing.
  expect(output).toContain('0 left: open a box');
  expect(output).toContain('3 left: wait');
});

test('the example of a server answers with products that the customer has not bought', async () => {
  const file = join(temporaryFolder(), 'orders.csv');
  const rows = ['ann,tea', 'ann,mug', 'bob,tea', 'bob,mug', 'bob,pot', 'cat,mug', 'cat,pot', 'dan,tea'];
  writeFileSync(file, `customer,product,date\n${rows.map((row, day) => `${row},2026-03-0${day + 1}\n`).join('')}`);
  let asked: Promise<unknown[]> | undefined;
  const { output } = await runExample('serve-recommendations.ts', [file, '0'], (said, kill) => {
    const port = /port: (\d+)/.exec(said)?.[1];
    if (!port || asked) return;
    const ask = async (customer: string) =>
      (await fetch(`http://127.0.0.1:${port}/recommend?customer=${customer}`)).json();
    asked = Promise.all(['ann', 'eve'].map(ask)).finally(() => kill('SIGTERM'));
  });
  expect(asked, output).toBeDefined();
  const [picks, unknown] = await asked!;
  expect(picks).toMatchObject([{ item: 'pot' }]);
  expect(unknown).toEqual({ error: 'unknown' });
});

test('the example of packs meets its target by the piece and by the pack', async () => {
  const { code, output } = await runExample('inventory-packs.ts', ['2', '3']);
  expect(code, output).toBe(0);
  const found = [...output.matchAll(/^by the \w+ +.*: (\d+\.\d)% met, (\d+\.\d+) a day$/gm)];
  const [single, packs] = found.map(([, met, cost]) => [Number(met), Number(cost)] as const);
  expect(found.length, output).toBe(2);
  for (const [met] of [single!, packs!]) expect(met).toBeGreaterThanOrEqual(95);
  // Whoever may order by the piece may order packs.
  expect(single![1]).toBeLessThanOrEqual(packs![1] + 0.02);
  expect(output).toContain('in packs of 3');
});

test('the example of a worker tells how far it is, and stops where it is told to', async () => {
  const whole = await runExample('train-in-worker.ts', ['40']);
  expect(whole.code, whole.output).toBe(0);
  expect(whole.output).toContain('step 40 of 40');
  expect(whole.output).toMatch(/^40 steps, a generator of \d+ bytes$/m);
  const { code, output } = await runExample('train-in-worker.ts', ['5000', '20']);
  expect(code, output).toBe(0);
  const steps = Number(/^(\d+) steps, a generator/m.exec(output)?.[1]);
  expect(steps).toBeGreaterThanOrEqual(20);
  expect(steps).toBeLessThan(5000);
});
