import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import {
  buildDotProduct,
  createVocabulary,
  factorRecommender,
  featureExtractorFrom,
  independentColumns,
  type RatingSheet,
} from 'minimart';
import {
  encodeImageGrid,
  exportKeras,
  importKeras,
  readDqn,
  readFeatureExtractor,
  readGan,
  readIdx,
  readImageFolder,
  readQTable,
  readRecommender,
  readTableFile,
  readTableModel,
  streamTableFile,
  writeDqn,
  writeFeatureExtractor,
  writeGan,
  writeImageGrid,
  writeQTable,
  writeRatingSheet,
  writeRecommender,
  writeTableModel,
} from 'minimart/node';
import { orderColumns, ordersText } from './data-rows.js';
import { type EventLoopRows, goThrough, often } from './event-loop-rows.js';
import { largeNetwork } from './large-networks.js';
import { largeAgent, largeTable } from './large-tables.js';
import { numbers } from './tables-rows.js';

function manyIds() {
  return createVocabulary(Array.from({ length: 20_000 }, (_, place) => `id${place}`));
}

/** Vectors of 20,000 users and as many items. */
function largeRecommender() {
  const names = createVocabulary(Array.from({ length: 20_000 }, (_, index) => `n${index}`));
  const values = Float32Array.from({ length: 20_000 * 64 }, (_, index) => Math.sin(index));
  return factorRecommender({ users: names, items: names, factors: { size: 64, users: values, items: values } });
}

// Big-endian numbers of eight bytes, which are turned one by one.
function doublesFile(count: number): Buffer {
  const bytes = Buffer.alloc(8 + 8 * count);
  bytes.set([0, 0, 14, 1]);
  bytes.writeUInt32BE(count, 4);
  for (let index = 0; index < count; index += 1) bytes.writeDoubleBE(index / 3, 8 + 8 * index);
  return bytes;
}

/** The asynchronous functions of minimart/node. */
export async function nodeRows(): Promise<EventLoopRows> {
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
  const file = (name: string) => join(folder, name);
  writeFileSync(file('orders.csv'), ordersText(250_000));
  writeFileSync(file('doubles.gz'), gzipSync(doublesFile(1_000_000), { level: 1 }));
  const recommender = largeRecommender();
  await writeRecommender(file('known'), recommender);
  const generator = largeNetwork();
  const extractor = featureExtractorFrom(generator);
  await writeGan(file('gan'), { generator });
  await writeFeatureExtractor(file('judge'), extractor);
  const table = largeTable();
  await writeQTable(file('table'), table);
  const tableModel = await independentColumns(numbers(60_000));
  await writeTableModel(file('table model'), tableModel);
  const agent = largeAgent();
  await writeDqn(file('agent'), agent);
  const embeddings = buildDotProduct({ features: { user: manyIds(), item: manyIds() }, embeddingSize: 8 });
  await exportKeras(file('keras'), embeddings);
  mkdirSync(file('pictures'));
  const photograph = Uint8Array.from({ length: 3 * 2000 * 1500 }, (_, at) => (at * 7919) % 256);
  const encoded = encode({ width: 2000, height: 1500, channels: 3, data: photograph });
  for (const name of ['1', '2', '3', '4']) writeFileSync(file(`pictures/${name}.png`), encoded);
  return {
    readImageFolder: (signal) => readImageFolder(file('pictures'), { size: [64, 64], signal }),
    readIdx: (signal) => readIdx(file('doubles.gz'), { signal }),
    readGan: () => often(2, async () => (await readGan(file('gan'))).dispose()),
    readFeatureExtractor: () => often(2, async () => (await readFeatureExtractor(file('judge'))).model.dispose()),
    writeGan: () => often(2, () => writeGan(file('gan'), { generator })),
    writeFeatureExtractor: () => often(2, () => writeFeatureExtractor(file('judge'), extractor)),
    exportKeras: () => often(6, () => exportKeras(file(`keras ${randomUUID()}`), embeddings)),
    importKeras: () => often(6, async () => (await importKeras(file('keras'))).model.dispose()),
    readDqn: () => often(2, () => readDqn(file('agent'))),
    readTableModel: () => often(6, () => readTableModel(file('table model'))),
    writeTableModel: () => often(6, () => writeTableModel(file('written table model'), tableModel)),
    readQTable: () => often(2, () => readQTable(file('table'))),
    readRecommender: () => often(2, () => readRecommender(file('known'))),
    readTableFile: (signal) => readTableFile(file('orders.csv'), orderColumns(), { signal }),
    streamTableFile: (signal) => goThrough(streamTableFile(file('orders.csv'), orderColumns(), { signal })),
    writeDqn: () => often(2, () => writeDqn(file('written agent'), agent)),
    writeQTable: () => often(2, () => writeQTable(file('written table'), table)),
    writeRecommender: () => often(2, () => writeRecommender(file('written'), recommender)),
    encodeImageGrid: (signal) => encodeImageGrid(images, { scale: 2, signal }),
    writeImageGrid: (signal) => writeImageGrid(join(folder, 'grid.png'), images, { scale: 2, signal }),
    writeRatingSheet: (signal) =>
      writeRatingSheet(join(folder, 'sheet'), sheet, { keyFile: join(folder, 'key.json'), scale: 12, signal }),
  };
}
