import { plainText } from '../../internal/describe.js';
import { requireOptions } from '../../internal/options.js';
import { atOnce, inStretches, type Pieces } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import type { NumericArray } from '../array-data.js';
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
} from './safetensor.js';

/** A tensor to write; the type follows from the typed array. */
export type SafetensorInput = Pick<Safetensor, 'shape' | 'values'>;

const where = 'encodeSafetensors';

/**
 * Writes the safetensors format, which {@link decodeSafetensors} and the safetensors libraries of other languages read.
 *
 * Equal input gives equal bytes. Tensors of wider numbers come first, so that each begins at a multiple of its width;
 * otherwise they keep their order.
 *
 * @param tensors - The tensors by name.
 * @returns The whole file.
 * @throws RangeError when a tensor's shape does not hold as many numbers as `values`, `values` is an array that the
 *   format has no type for, a tensor is called `__metadata__`, or a metadata entry is no text.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const file = encodeSafetensors({ counts: { shape: [2], values: Int32Array.of(3, 4) } }, { metadata: { made: 'by hand' } });
 * file.length; // 112
 * decodeSafetensors(file).metadata.made; // 'by hand'
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, SafetensorInput>>,
  options: {
    /** Names and texts that go into the header. Default none. */
    readonly metadata?: Readonly<Record<string, string>>;
  } = {},
): Uint8Array {
  requireOptions(where, options, { metadata: true });
  const { metadata = {} } = options;
  return atOnce(encodeSafetensorsInPieces(tensors, metadata));
}

/** {@link encodeSafetensors} for work that lets the event loop turn. */
export function* encodeSafetensorsInPieces(
  tensors: Readonly<Record<string, SafetensorInput>>,
  metadata: Readonly<Record<string, string>>,
): Pieces<Uint8Array> {
  if (!isRecord(metadata) || Object.values(metadata).some((text) => typeof text !== 'string')) {
    refuse(where, 'metadata', 'hold texts only', metadata);
  }
  if (!isRecord(tensors)) refuse(where, 'tensors', 'be tensors by name', tensors);
  const entries = Object.entries(tensors).map(([name, tensor]) => checked(name, tensor));
  entries.sort((a, b) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT);
  const header = encodeHeader(entries, metadata);
  const length = entries.reduce((sum, { values }) => sum + values.byteLength, 0);
  const bytes = new Uint8Array(8 + header.length + length);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 8);
  let place = 8 + header.length;
  for (const { values } of entries) {
    const source = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const start = place;
    yield* inStretches(source.length, (from, to) => bytes.set(source.subarray(from, to), start + from), bytesInPiece);
    place += values.byteLength;
  }
  return bytes;
}

interface NamedTensor extends Safetensor {
  readonly name: string;
}

function checked(name: string, input: SafetensorInput): NamedTensor {
  const { shape, values } = input ?? {};
  if (name === metadataKey) refuse(where, 'tensors', `not name a tensor ${metadataKey}`, name);
  const dtype = typeOf(values);
  const tensor = `tensor '${plainText(name, 60)}'`;
  if (!dtype) refuse(where, 'tensors', `give ${tensor} values of ${Object.keys(arrayTypes()).join(', ')}`, values);
  if (!isSizes(shape) || shape.length > mostAxes || product(shape) !== values.length) {
    refuse(where, 'tensors', `give ${tensor} a shape of ${values.length} numbers`, shape);
  }
  return { name, dtype, shape, values };
}

// The header is padded with spaces, so that the numbers begin at a multiple of 8.
function encodeHeader(entries: readonly NamedTensor[], metadata: Readonly<Record<string, string>>): Uint8Array {
  let place = 0;
  const described = entries.map(({ name, dtype, shape, values }) => {
    const begin = place;
    place += values.byteLength;
    return [name, { dtype, shape, data_offsets: [begin, place] }] as const;
  });
  const own = Object.keys(metadata).length > 0 ? [[metadataKey, metadata] as const] : [];
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries([...own, ...described])));
  const header = new Uint8Array(8 * Math.ceil(text.length / 8)).fill(0x20);
  header.set(text);
  if (header.length > longestHeader) refuse(where, 'tensors', 'have names and shapes of at most 100 MB', header.length);
  return header;
}

function typeOf(values: NumericArray): Safetensor['dtype'] | undefined {
  const types = Object.entries(arrayTypes()) as [Safetensor['dtype'], unknown][];
  return types.find(([, type]) => values?.constructor === type)?.[0];
}
