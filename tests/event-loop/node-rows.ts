import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RatingSheet } from 'minimart';
import { encodeImageGrid, writeImageGrid, writeRatingSheet } from 'minimart/node';
import type { EventLoopRows } from './event-loop-rows.js';

/** The asynchronous functions of minimart/node that draw pictures. */
export function nodeRows(): EventLoopRows {
  const folder = mkdtempSync(join(tmpdir(), 'minimart-'));
  const images = {
    values: new Float32Array(1500 * 784).map((_, index) => (index % 97) / 97),
    shape: [1500, 28, 28, 1],
  };
  const few = { values: images.values.subarray(0, 20 * 784), shape: [20, 28, 28, 1] };
  const places = Array.from({ length: 20 }, (_, index) => index);
  const sheet: RatingSheet = {
    images: few,
    items: places.map((place) => ({ item: place + 1, page: 1 })),
    key: { seed: 0, truth: places.map(() => 'real' as const), places },
  };
  return {
    encodeImageGrid: (signal) => encodeImageGrid(images, { scale: 2, signal }),
    writeImageGrid: (signal) => writeImageGrid(join(folder, 'grid.png'), images, { scale: 2, signal }),
    writeRatingSheet: (signal) =>
      writeRatingSheet(join(folder, 'sheet'), sheet, { keyFile: join(folder, 'key.json'), scale: 12, signal }),
  };
}
