import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, decodeApng } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadImages } from '../../examples/fashion/load-images.js';
import { help, readOptions } from '../../examples/fashion/options.js';
import {
  type Ended,
  inspectPng,
  type OutputWatcher,
  runExample,
  runExampleFile,
  temporaryFolder,
  upperRows,
  writeSquares,
} from './run-example.js';

describe('a short run of npm start on its own data', () => {
  const out = join(temporaryFolder(), 'new');
  let ended: Ended;
  beforeAll(async () => {
    ended = await runExample('fashion.ts', ['--steps', '12', '--batch-size', '16', '--seed', '5', '--out', out]);
  });

  test('ends well and names the files to open, which are there', () => {
    expect(ended.code, ended.output).toBe(0);
    const named = ended.output
      .split('\n')
      .flatMap((line) => line.trim().split('  ').slice(0, 1))
      .filter((word) => word.startsWith(out));
    expect(named.length).toBeGreaterThanOrEqual(5);
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });

  test('prints progress with both losses line by line where there is no terminal', () => {
    expect(ended.output).toContain('10,000 images');
    expect(ended.output).toMatch(/12\/12 · loss D \d+\.\d\d G \d+\.\d\d · \d+ images\/s/);
    expect(ended.output).not.toContain('\u001b');
  });

  test('draws 100 samples and 100 real images of one size that are not blank', () => {
    // Ten columns and rows of 28 pixels at scale 2, nine gaps of 2 pixels.
    const side = 10 * 28 * 2 + 9 * 2;
    for (const file of ['samples-00012.png', 'real.png']) {
      const { width, height, contrast } = inspectPng(join(out, file));
      expect([file, width, height]).toEqual([file, side, side]);
      expect(contrast).toBeGreaterThan(100);
    }
  });

  test('shows the same noise before and after in a timeline and an animation', () => {
    // A row for step 0 and one for step 12.
    expect(inspectPng(join(out, 'timeline.png')).height).toBe(2 * 28 * 2 + 2);
    const { frames } = decodeApng(readFileSync(join(out, 'animation.png')));
    expect(frames.length).toBe(2);
    expect(frames[0]!.data).not.toEqual(frames[1]!.data);
    expect(frames.map(({ delayNumber, delayDenominator }) => delayNumber / delayDenominator)).toEqual([0.12, 2]);
  });

  test('says of every picture with samples, and of no other, that it is synthetic', () => {
    for (const name of readdirSync(out).filter((each) => each.endsWith('.png'))) {
      const bytes = readFileSync(join(out, name));
      const { text } = name === 'animation.png' ? decodeApng(bytes) : decode(bytes);
      expect([name, text.Synthetic?.startsWith('Yes') ?? false]).toEqual([name, name !== 'real.png']);
    }
  });

  test('looks for the real images nearest to the very samples that it shows', () => {
    const row = 28 * 2;
    expect(upperRows(join(out, 'nearest.png'), row)).toEqual(upperRows(join(out, 'samples-00012.png'), row));
  });

  test('writes a report that holds its pictures, curves and settings and loads nothing', () => {
    const report = readFileSync(join(out, 'report.html'), 'utf8');
    expect(report.match(/<img src="data:image\/png;base64,/g)?.length).toBe(5);
    const curves = [...report.matchAll(/<svg [^>]*aria-label="([^."]+)\./g)].map(([, title]) => title);
    expect(curves).toEqual(['Losses', 'What the discriminator believes', 'Penalty r1', 'Penalty r2']);
    expect(report).toContain(readFileSync(join(out, 'scores.svg'), 'utf8').match(/aria-label="[^"]+"/)?.[0]);
    expect(report).not.toMatch(/(src|srcset|href)="(?!data:|https:\/\/(arxiv\.org|github\.com))/);
    expect(report).not.toMatch(/<img(?![^>]* alt="[^"]+")/);
    expect(report).toContain('<tr><th scope="row">seed</th><td>5</td></tr>');
    expect(report).toContain('<tr><th scope="row">batch</th><td>16 images</td></tr>');
    expect(report).toContain('MIT licence');
    expect(withoutPictures(report)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('says how far its pictures are from real ones, and how far other real ones are', () => {
    const [, distance, floor] =
      /Fréchet distance to real pictures ([\d.]+) \(.*\), of other real pictures ([\d.]+) /.exec(ended.output) ?? [];
    // After twelve steps it draws next to nothing yet.
    expect(Number(distance)).toBeGreaterThan(10 * Number(floor));
    const report = readFileSync(join(out, 'report.html'), 'utf8');
    expect(report).toContain(`Fréchet distance, lower is better</th><td class="number">${distance} (`);
  });

  test('says what was asked for, in columns', () => {
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(
      'Each column is what was asked for: T-shirt, trouser',
    );
  });

  test('embeds the very pictures that it wrote', () => {
    const report = readFileSync(join(out, 'report.html'), 'utf8');
    for (const file of readdirSync(out).filter((name) => name.endsWith('.png'))) {
      expect(report.includes(readFileSync(join(out, file)).toString('base64')), file).toBe(true);
    }
  });
});

test('Ctrl-C stops convolutional networks on data of the user and still writes the report', async () => {
  const data = temporaryFolder();
  const out = temporaryFolder();
  writeSquares(data, 40);
  const args = ['--network', 'conv', '--data', data, '--out', out, '--batch-size', '4', '--steps', '100000'];
  let sent = false;
  const { code, output } = await runExample('fashion.ts', args, (text, kill) => {
    if (sent || !text.includes('/100000')) return;
    sent = true;
    kill('SIGINT');
  });
  expect(code, output).toBe(0);
  expect(output).toMatch(/Stopped after \d/);
  const report = readFileSync(join(out, 'report.html'), 'utf8');
  expect(report).toContain('Stopped early by Ctrl-C');
  expect(report).toContain('40 images');
  expect(withoutPictures(report)).not.toMatch(/NaN|undefined|Infinity/);
});

test('--resume goes on with a stopped run, to the same pictures as a run that was not stopped', async () => {
  const data = temporaryFolder();
  writeSquares(data, 40);
  const [whole, halves] = [temporaryFolder(), temporaryFolder()];
  const args = ['--network', 'dense', '--batch-size', '4', '--steps', '210'];
  const run = (out: string, more: readonly string[] = [], onOutput?: OutputWatcher) =>
    runExample('fashion.ts', [...args, '--data', data, '--out', out, ...more], onOutput);
  expect(await run(whole)).toMatchObject({ code: 0 });
  let sent = false;
  const first = await run(halves, [], (text, kill) => {
    if (sent || !text.includes('/210')) return;
    sent = true;
    kill('SIGINT');
  });
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining('`npm start -- --resume` goes on') });
  const anew = await run(halves);
  expect(anew).toMatchObject({ code: 1, output: expect.stringContaining('holds a stopped run, at step') });
  const second = await run(halves, ['--resume']);
  expect(second, second.output).toMatchObject({ code: 0, output: expect.stringContaining('on from step') });
  for (const file of ['samples-00200.png', 'samples-00210.png', 'timeline.png', 'losses.svg', 'garments.safetensors']) {
    expect(readFileSync(join(halves, file)).equals(readFileSync(join(whole, file))), file).toBe(true);
  }
  expect(readdirSync(join(halves, 'checkpoints'))).toEqual([]);
});

test('an unknown option is refused in a sentence', async () => {
  const { code, output } = await runExampleFile('fashion.ts', ['--colour']);
  expect(code).toBe(1);
  expect(output).toContain("Unknown option '--colour'");
  expect(output).not.toContain('    at ');
});

test.each([
  [['--steps', '1.5'], "--steps must be a whole number >= 1, received '1.5'."],
  [['--seed', ''], "--seed must be a whole number >= 0, received ''."],
  [['--network', 'deep'], "--network must be recommended, dense or conv, received 'deep'."],
  [['--backend', 'webgl'], "--backend must be wasm or cpu, received 'webgl'."],
])('%j is refused in a sentence', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
});

test('a folder without images is refused in a sentence', async () => {
  await expect(loadImages('/nowhere')).rejects.toThrow("received '/nowhere'");
});

test('help lists every option', () => {
  expect(readOptions(['--steps', '3', '--help'])).toBe('help');
  for (const name of ['network', 'epochs', 'steps', 'batch-size', 'seed', 'backend', 'data', 'out', 'help']) {
    expect(help).toContain(`--${name} `);
  }
});

// Base64 may spell any word.
function withoutPictures(report: string): string {
  return report.replace(/data:image\/png;base64,[\w+/=]+/g, '');
}
