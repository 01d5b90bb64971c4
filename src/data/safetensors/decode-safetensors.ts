import { plainText } from '../../internal/describe.js';
import { atFileDoorNow, refuseFile } from '../../internal/file-fault.js';
import { requireOptions } from '../../internal/options.js';
import { atOnce, inStretches, type Pieces } from '../../internal/pieces.js';
import { requireWholeNumber } from '../../internal/require.js';
import { requireHeaderKeys } from './header-keys.js';
import {
  arrayTypes,
  bytesInPiece,
  isRecord,
  isSizes,
  longestHeader,
  metadataKey,
  mostAxes,
  product,
  type Safetensor,
  usualTensors,
} from './safetensor.js';

interface Entry {
  readonly name: string;
  readonly dtype: Safetensor['dtype'];
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const where = 'decodeSafetensors';

/** What {@link decodeSafetensors} reads. */
export interface SafetensorsFile {
  /** The tensors by name. */
  readonly tensors: Readonly<Record<string, Safetensor>>;
  /** What the file says of itself: names and texts. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the safetensors format: the header's length in 8 little-endian bytes, a header in JSON with the type, shape and
 * place of each tensor, then their numbers, little-endian. Nothing in such a file can run.
 *
 * @param bytes - A whole file. The result does not refer to it.
 * @returns Its tensors and its metadata.
 * @throws RangeError when the file does not keep to the format: a header that is longer than the file or 100 MB, that is
 *   not JSON or names something twice, or whose entries have an unknown type, more than 32 axes, sizes that do not fit
 *   their bytes, or leave bytes of the file unused or used twice; and when there are more than `maxTensors`. All is checked
 *   before a tensor is allocated, so that tensors never take more memory than the file, and their number, which empty ones
 *   would leave open, before the header is read.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const file = encodeSafetensors({ bias: { shape: [2], values: Float32Array.of(1.5, 2) } });
 * decodeSafetensors(file).tensors.bias.values; // Float32Array [1.5, 2]
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  options: {
    /** How many tensors, and how many entries of metadata, a file may have. Default 65,536. */
    readonly maxTensors?: number;
  } = {},
): SafetensorsFile {
  requireOptions(where, options, { maxTensors: true });
  const { maxTensors = usualTensors } = options;
  requireWholeNumber(where, 'maxTensors', maxTensors);
  return atFileDoorNow(where, 'bytes', () => atOnce(decodeSafetensorsInPieces(bytes, maxTensors)));
}

/** {@link decodeSafetensors} for work that lets the event loop turn, within a reader of files. */
export function* decodeSafetensorsInPieces(bytes: Uint8Array, maxTensors = usualTensors): Pieces<SafetensorsFile> {
  if (!(bytes instanceof Uint8Array)) refuseFile('be a Uint8Array', bytes);
  const { header, start } = readHeader(bytes, maxTensors);
  const { [metadataKey]: metadata = {}, ...rest } = header;
  if (!isRecord(metadata) || Object.values(metadata).some((text) => typeof text !== 'string')) {
    refuseFile('hold metadata that are texts', metadata);
  }
  const entries = Object.entries(rest).map(([name, entry]) => readEntry(name, entry));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  requireCover(entries, bytes.length - start);
  const types = arrayTypes();
  const tensors: [string, Safetensor][] = [];
  for (const { name, dtype, shape, begin, end } of entries) {
    // A copy, which `slice` would not be of Node's Buffer, and which begins where any type may.
    const own = new Uint8Array(end - begin);
    yield* inStretches(
      own.length,
      (from, to) => own.set(bytes.subarray(start + begin + from, start + begin + to), from),
      bytesInPiece,
    );
    tensors.push([name, { dtype, shape, values: new types[dtype](own.buffer) }]);
  }
  // fromEntries makes own properties of names such as '__proto__' too.
  return { tensors: Object.fromEntries(tensors), metadata: metadata as Record<string, string> };
}

function readHeader(
  bytes: Uint8Array,
  maxTensors: number,
): { readonly header: Record<string, unknown>; readonly start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) refuseFile('hold a header length, 8 bytes', `${bytes.length} bytes`);
  const length = view.getUint32(0, true) + 2 ** 32 * view.getUint32(4, true);
  if (length > bytes.length - 8 || length > longestHeader) {
    refuseFile(`hold a header of at most ${Math.min(bytes.length - 8, longestHeader)} bytes`, length);
  }
  const header = parseJson(bytes.subarray(8, 8 + length), maxTensors);
  if (!isRecord(header)) refuseFile('have a JSON object for a header', header);
  return { header, start: 8 + length };
}

function parseJson(bytes: Uint8Array, maxTensors: number): unknown {
  const text = decode(bytes);
  requireHeaderKeys(text, maxTensors);
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuseFile('have a header in JSON', error instanceof Error ? error.message : error);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuseFile('have a header in JSON', 'bytes that are not utf-8');
  }
}

function readEntry(name: string, entry: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  const tensor = `tensor '${plainText(name, 60)}'`;
  const types = arrayTypes();
  if (!isType(dtype)) refuseFile(`give ${tensor} a type of ${Object.keys(types).join(', ')}`, dtype);
  if (!isSizes(shape) || shape.length > mostAxes) {
    refuseFile(`give ${tensor} a shape of at most ${mostAxes} whole numbers`, shape);
  }
  if (!isSizes(offsets) || offsets.length !== 2) {
    refuseFile(`give ${tensor} data_offsets [begin, end]`, offsets);
  }
  const [begin, end] = offsets as readonly [number, number];
  const length = product(shape) * types[dtype].BYTES_PER_ELEMENT;
  if (end - begin !== length) {
    refuseFile(`give ${tensor}, ${dtype} [${shape.join(', ')}], ${length} bytes`, end - begin);
  }
  return { name, dtype, shape, begin, end };
}

// The format allows no gaps and no overlaps, so the tensors are never larger than the file.
function requireCover(entries: readonly Entry[], length: number): void {
  let place = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== place)
      refuseFile(`let tensor '${plainText(name, 60)}' begin where the one before ends, ${place}`, begin);
    place = end;
  }
  if (place !== length) refuseFile(`hold ${place} bytes of tensors, as the header says`, length);
}

function isType(value: unknown): value is Safetensor['dtype'] {
  return typeof value === 'string' && Object.hasOwn(arrayTypes(), value);
}
