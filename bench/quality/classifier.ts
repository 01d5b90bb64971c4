import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { type FeatureExtractor, featureExtractorFrom, trainFeatureExtractor } from 'minimart';
import { loadFashion } from './fashion.js';

/** What is known of the classifier in the cache. */
export interface ClassifierFacts {
  readonly seed: number;
  readonly epochs: number;
  /** On the 10,000 test images. */
  readonly accuracy: number;
  readonly seconds: number;
}

/** The classifier of Fashion-MNIST that all measurements here share. It takes images from 0 to 1. */
export interface Classifier extends ClassifierFacts {
  readonly extractor: FeatureExtractor;
}

const settings = { seed: 1, epochs: 4 };
const cache = fileURLToPath(new URL('.cache/', import.meta.url));

/** The classifier from the cache, or trained now and put there. */
export async function fashionClassifier(onProgress: (text: string) => void = () => {}): Promise<Classifier> {
  const found = await readCached();
  return found ?? trainAndCache(onProgress);
}

async function readCached(): Promise<Classifier | undefined> {
  try {
    const { facts, artifacts } = JSON.parse(await readFile(`${cache}classifier.json`, 'utf8'));
    const weights = await readFile(`${cache}classifier.bin`);
    const weightData = Uint8Array.from(weights).buffer;
    const model = await loadLayersModel(io.fromMemory({ ...artifacts, weightData }));
    return { ...facts, extractor: featureExtractorFrom(model) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Trains on the whole training set and writes model and facts to the cache. */
export async function trainAndCache(onProgress: (text: string) => void): Promise<Classifier> {
  const [train, test] = [await loadFashion('train'), await loadFashion('t10k')];
  const started = performance.now();
  const extractor = await trainFeatureExtractor(train.images, train.labels, {
    ...settings,
    reportEvery: 100,
    test: { samples: test.images, labels: test.labels },
    onProgress: ({ step, totalSteps, samplesPerSecond, loss }) => {
      onProgress(`step ${step} of ${totalSteps}, ${samplesPerSecond.toFixed(0)} images/s, loss ${loss.toFixed(3)}`);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const facts: ClassifierFacts = { ...settings, accuracy: extractor.accuracy, seconds };
  await mkdir(cache, { recursive: true });
  await extractor.model.save(
    io.withSaveHandler(async ({ weightData, ...artifacts }) => {
      const bytes = new Uint8Array(io.concatenateArrayBuffers([weightData].flat() as ArrayBuffer[]));
      await writeFile(`${cache}classifier.bin`, bytes);
      await writeFile(`${cache}classifier.json`, JSON.stringify({ facts, artifacts }));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  return { ...facts, extractor };
}
