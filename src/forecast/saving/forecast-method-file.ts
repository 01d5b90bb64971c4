import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { atFileDoor, refuseFile } from '../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import { type Document, decodeDocument, encodeDocument } from '../../saving/document/document.js';
import { createVocabularyList, readVocabularies } from '../../saving/document/vocabularies.js';
import { requireFiniteTensors } from '../../saving/finite-tensors.js';
import type { KnownAhead } from '../global/sales-features.js';
import type { LearnedGround } from '../learned/learned-ground.js';
import { type ForecastMethodState, isSavedMethod, type LearnedForecastMethod } from '../learned/learned-method.js';
import { describeGround, readGround } from './ground-file.js';
import { readTrees } from './trees-file.js';

/** What the header of a file calls it. */
const fileFormat = 'minimart forecast method 1';

const names: OptionNames<KnownAhead> = { numbers: true, groups: true };

type ReadKind = (file: Document, ground: LearnedGround, pause: () => Promise<void>) => Promise<LearnedForecastMethod>;

/** What reads each kind, by the `kind` of its state. */
const kinds: Readonly<Record<ForecastMethodState['kind'], ReadKind>> = {
  // Who reads trees pays for no network.
  network: async (...given) => (await import('./networks-file.js')).readNetworks(...given),
  trees: readTrees,
};

/**
 * Puts a method that has learned into the bytes of one file: its networks or trees, the products and groups that it learned of, and how
 * features are brought to scale.
 *
 * The file is in the safetensors format, so other languages read its numbers, with a description in JSON and a checksum. What is `known`
 * ahead are functions, which no file holds: they are given again where the method is read. The sales are not in it.
 *
 * @param method - From {@link learnForecastMethod} or {@link decodeForecastMethod}. Stays as it is.
 * @returns The bytes; {@link decodeForecastMethod} reads them.
 * @throws RangeError for what has not learned, such as `networkForecast()` itself, and for a method of your own.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const series = Object.fromEntries(Array.from({ length: 20 }, (_, p) => [`p${p}`, Array.from({ length: 40 }, (_, t) => (t * (p + 3)) % 5)]));
 * const sales = createPeriodSales(series);
 * const method = await learnForecastMethod(sales, { method: boostedForecast({ rounds: 5 }), horizon: 2 });
 * const again = await decodeForecastMethod(await encodeForecastMethod(method));
 * const [one, other] = [await forecastSales(sales, { method, horizon: 2 }), await forecastSales(sales, { method: again, horizon: 2 })];
 * one.mean('p1')[0] === other.mean('p1')[0]; // true
 */
export async function encodeForecastMethod(method: LearnedForecastMethod): Promise<Uint8Array> {
  const where = 'encodeForecastMethod';
  if (!isSavedMethod(method)) refuse(where, 'method', 'be one that has learned, from learnForecastMethod', method);
  const { kind, ground, description, tensors } = method.state();
  const list = createVocabularyList();
  const all: Record<string, SafetensorInput> = {
    ...tensors,
    excess: { shape: [ground.horizon], values: ground.excess.total },
  };
  const described = { kind, ground: describeGround(ground, list), model: description, vocabularies: list.states() };
  await requireFiniteTensors(all, (rule, value) => refuse(where, 'method', rule, value));
  return atFileDoor(where, 'method', () => encodeDocument(fileFormat, described, all));
}

/**
 * Reads a method that has learned from the bytes of {@link encodeForecastMethod}. Its forecasts have the same bits.
 *
 * The file may come from anybody: nothing in it is run, no path or address in it is opened, everything is checked before it is used, and
 * no more memory or time is taken than the file's own length asks for. Damage is found by a checksum.
 *
 * @param bytes - The whole file.
 * @param options - What is known ahead, under the names that it was learned with: each of them and no other. Default: none.
 * @returns The method.
 * @throws RangeError when the bytes are no such file, are damaged, or hold what does not fit together, and when a function is missing or
 *   is none that the method learned with.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const series = Object.fromEntries(Array.from({ length: 20 }, (_, p) => [`p${p}`, Array.from({ length: 40 }, (_, t) => (t * (p + 3)) % 5)]));
 * const known = { numbers: { promotion: (product: string | number, period: number) => (period % 9 === 0 ? 1 : 0) } };
 * const learning = { method: boostedForecast({ ...known, rounds: 5 }), horizon: 2 };
 * const bytes = await encodeForecastMethod(await learnForecastMethod(createPeriodSales(series), learning));
 * (await decodeForecastMethod(bytes, known)).horizon; // 2
 */
export async function decodeForecastMethod(
  bytes: Uint8Array,
  options: KnownAhead = {},
): Promise<LearnedForecastMethod> {
  const where = 'decodeForecastMethod';
  requireOptions(where, options, names);
  return atFileDoor(where, 'bytes', async () => {
    const pause = createPause();
    const file = await decodeDocument(bytes, [fileFormat]);
    const kind = file.description.text('kind');
    if (!isKind(kind)) refuseFile(`hold a method of a kind that is known (${Object.keys(kinds).join(', ')})`, kind);
    const vocabularies = await piecemeal(readVocabularies(file.description), pause);
    return kinds[kind](file, readGround(where, file, vocabularies, options), pause);
  });
}

function isKind(kind: string): kind is ForecastMethodState['kind'] {
  return Object.hasOwn(kinds, kind);
}
