import { progressBar } from 'minimart/node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function paper(isTTY = false, columns?: number) {
  const written: string[] = [];
  return { written, write: (text: string) => written.push(text), isTTY, ...(columns && { columns }) };
}

test('elsewhere than in a terminal it writes a line every five seconds, and the last step', () => {
  const stream = paper();
  const bar = progressBar({ name: 'GAN ', stream });
  for (let step = 1; step <= 16; step += 1) {
    vi.advanceTimersByTime(1000);
    bar({ step, totalSteps: 16 });
  }
  // The first call, then after 5, 10 and 15 seconds more; the end counts as well. A second a step: as many are left as steps.
  expect(stream.written).toEqual([
    'GAN █░░░░░░░░░░░░░░░ 1/16 · 15 s left\n',
    'GAN ██████░░░░░░░░░░ 6/16 · 10 s left\n',
    'GAN ███████████░░░░░ 11/16 · 5 s left\n',
    'GAN ████████████████ 16/16 · 0 s left\n',
  ]);
});

test('in a terminal it writes one line again and again, ten times a second at most, within its width', () => {
  const stream = paper(true, 30);
  const bar = progressBar<{ step: number; totalSteps: number; shop: string }>({ facts: ({ shop }) => shop, stream });
  for (let step = 1; step <= 100; step += 1) {
    vi.advanceTimersByTime(50);
    bar({ step, totalSteps: 100, shop: 'a long name of a shop' });
  }
  expect(stream.written).toHaveLength(52);
  const lines = stream.written.slice(0, -1);
  for (const line of lines) {
    expect(line.startsWith('\r')).toBe(true);
    expect(line.endsWith('\u001b[K')).toBe(true);
    expect(line.slice(1, -3).length).toBeLessThan(30);
  }
  expect(stream.written.at(-1)).toBe('\n');
  bar.stop();
  expect(stream.written).toHaveLength(52);
});

test('says the losses that there are, and times above a minute', () => {
  const stream = paper();
  const bar = progressBar({ stream });
  vi.advanceTimersByTime(2000);
  bar(Object.assign({ step: 1, totalSteps: 50 }, { losses: { discriminator: 1.23456, generator: 2 } }));
  expect(stream.written[0]).toContain(' 1/50 · loss discriminator 1.235 loss generator 2.000 · 1 min 38 s left');
  const one = paper();
  progressBar({ stream: one })(Object.assign({ step: 3, totalSteps: 3 }, { loss: 0.5 }));
  expect(one.written[0]).toContain('3/3 · loss 0.500 · 0 s left');
});

test('counts where nobody knows how many steps there are, and ends its line when work breaks off', () => {
  const stream = paper(true);
  const bar = progressBar({ stream });
  vi.advanceTimersByTime(3000);
  bar({ step: 7, totalSteps: Number.POSITIVE_INFINITY });
  expect(stream.written).toEqual(['\r7 steps · 3 s\u001b[K']);
  bar.stop();
  bar.stop();
  expect(stream.written.slice(1)).toEqual(['\n']);
});

test('refuses wrong options', () => {
  expect(() => progressBar({ name: 3 } as never)).toThrow('progressBar: `name` must be a text');
  expect(() => progressBar({ facts: 'loss' } as never)).toThrow('`facts` must be a function');
  expect(() => progressBar({ stream: {} } as never)).toThrow('`stream` must have a function `write`');
  expect(() => progressBar({ width: 3 } as never)).toThrow('there is no such option');
});
