import type { Page } from 'playwright-core';
import type { PicturesSeen } from './pictures-page.js';

// Half of red on white: 255, 255 / 2, 255 / 2. The others as they were drawn; JPEG is not exact.
const expected: Readonly<Record<string, readonly [pixel: readonly number[], tolerance: number]>> = {
  'clear.png': [[255, 127.5, 127.5], 1.5],
  'huge.png': [[10, 20, 30], 0.5],
  'photo.jpg': [[200, 100, 50], 3],
};

/** Reads pictures in a page by `readImageFiles`, and says what is not as it should be. */
export async function checkPictures(page: Page): Promise<string | undefined> {
  const { pixels, refusals } = await page.evaluate<PicturesSeen>('readPictures()');
  if (Object.keys(pixels).join() !== Object.keys(expected).join()) return `read ${Object.keys(pixels).join()}`;
  for (const [name, [pixel, tolerance]] of Object.entries(expected)) {
    const isClose = pixel.every((value, channel) => Math.abs(value - pixels[name]![channel]!) <= tolerance);
    if (!isClose) return `${name} became ${pixels[name]!.join(', ')}, not ${pixel.join(', ')}`;
  }
  for (const name of ['broken.png', 'half.png', 'endless.png']) {
    const message = refusals[name] ?? 'nothing';
    const isNamed = message.startsWith('readImageFiles: `files`') && message.includes(name);
    if (!isNamed) return `${name} was answered by: ${message}`;
  }
  return undefined;
}
